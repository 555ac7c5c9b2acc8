import { useEffect, useState } from 'react';
import { ApiError, evaluate } from '../../api/client';
import type { ByDimension, EvaluateRequest } from '../../api/types';
import { asFreshAs } from '../freshness';

export interface Members {
  by: ByDimension | null;
  loading: boolean;
  error: ApiError | null;
}

/** The tree for every member of a column; asked again whenever the question, or the evaluation it belongs to, is another. */
export function useMembers(tree: string, request: EvaluateRequest, column: string, evaluation: object): Members {
  const [state, set] = useState<Members>({ by: null, loading: column !== '', error: null });
  const asked = JSON.stringify(request);
  useEffect(() => {
    if (!column) {
      set({ by: null, loading: false, error: null });
      return undefined;
    }
    const controller = new AbortController();
    set(before => ({ ...before, loading: true, error: null }));
    evaluate(tree, { ...(JSON.parse(asked) as EvaluateRequest), ...asFreshAs(evaluation), by: column }, controller.signal).then(
      ({ by }) => !controller.signal.aborted && set({ by, loading: false, error: null }),
      (failure: unknown) => {
        if (controller.signal.aborted) return;
        const error = failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
        set({ by: null, loading: false, error });
      },
    );
    return () => controller.abort();
  }, [tree, asked, column, evaluation]);
  return state;
}
