import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { ApiError, evaluate } from '../api/client';
import type { Evaluation, PictureRequest } from '../api/types';
import { takeForce } from '../chart/refresh';
import type { KpiTreeChartProps } from '../chart/types';
import { noteForced } from './freshness';
import { recall } from './memory';

export interface EvaluationState {
  /** The last answer; while `loading` it is the one before. */
  evaluation: Evaluation | null;
  loading: boolean;
  error: ApiError | null;
}

type Action =
  | { type: 'asked'; before: Evaluation | null }
  | { type: 'answered'; evaluation: Evaluation }
  | { type: 'failed'; error: ApiError };

function reduce(state: EvaluationState, action: Action): EvaluationState {
  switch (action.type) {
    case 'asked':
      return { evaluation: action.before, loading: true, error: null };
    case 'answered':
      return { evaluation: action.evaluation, loading: false, error: null };
    case 'failed':
      return { ...state, loading: false, error: action.error };
  }
}

type Asked = Pick<KpiTreeChartProps, 'chartId' | 'tree' | 'request' | 'revision' | 'history' | 'compare'>;

interface Asking extends EvaluationState {
  /** Asks the same again. */
  retry: () => void;
  /** Asks the same again, past the cache. */
  refresh: () => void;
}

/** Evaluates the tree whenever the host has queried again; a newer request cancels the older. */
export function useEvaluation({ chartId, tree, request, revision, history, compare = 'previous_period' }: Asked): Asking {
  const forced = useRef(false);
  const [attempt, setAttempt] = useState(0);
  const [state, dispatch] = useReducer(reduce, undefined, () => ({
    evaluation: tree ? recall(chartId, tree).evaluation ?? null : null,
    loading: tree !== null,
    error: null,
  }));
  // One call tells everything that the cards show: the window, how it came about, and what changed since.
  const picture: PictureRequest = { ...request, history, compare: [compare] };
  const asked = JSON.stringify(picture);

  useEffect(() => {
    if (!tree) return undefined;
    const controller = new AbortController();
    const memory = recall(chartId, tree);
    dispatch({ type: 'asked', before: memory.evaluation ?? null });
    const force: { force?: true } = takeForce(chartId) || forced.current ? { force: true } : {};
    forced.current = false;
    evaluate(tree, { ...JSON.parse(asked), ...force }, controller.signal).then(
      evaluation => {
        if (controller.signal.aborted) return;
        memory.evaluation = evaluation;
        if (force.force) noteForced(evaluation);
        dispatch({ type: 'answered', evaluation });
      },
      (failure: unknown) => {
        if (controller.signal.aborted) return;
        const error = failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
        memory.evaluation = undefined;
        dispatch({ type: 'failed', error });
      },
    );
    return () => controller.abort();
  }, [chartId, tree, asked, revision, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const refresh = useCallback(() => {
    forced.current = true;
    retry();
  }, [retry]);
  return { ...state, retry, refresh };
}
