import { useCallback, useEffect, useMemo, useState } from 'react';
import { ApiError, evaluate } from '../../api/client';
import type { EvaluateRequest, Evaluation, Overrides, Supposed } from '../../api/types';
import { comparedWith } from '../../tree/facts';
import { stillThere, suppose, type Quantity } from '../../tree/whatif';
import { asFreshAs } from '../freshness';
import type { Memory } from '../memory';
import { openLane } from './lane';

const PATIENCE = 180;

export interface WhatIf {
  overrides: Overrides;
  /** Whether anything is supposed. */
  active: boolean;
  /** The tree as it would be; null while nothing is supposed or nothing is answered yet. */
  evaluation: Evaluation | null;
  busy: boolean;
  error: ApiError | null;
  suppose: (key: string, quantity: Quantity, supposed: Supposed | null) => void;
  reset: () => void;
  retry: () => void;
}

interface Told {
  /** The evaluation that the answer departs from. */
  about: Evaluation;
  evaluation: Evaluation | null;
  error: ApiError | null;
  last: boolean;
}

/** Supposes numbers, which the server answers with the whole tree. Nothing is saved. */
export function useWhatIf(
  tree: string | null,
  request: EvaluateRequest,
  evaluation: Evaluation,
  memory: Memory,
): WhatIf {
  const [wanted, setWanted] = useState<Overrides>(memory.overrides ?? {});
  const [told, setTold] = useState<Told | null>(null);
  const [attempt, setAttempt] = useState(0);
  memory.overrides = wanted;
  const overrides = useMemo(() => stillThere(wanted, evaluation), [wanted, evaluation]);
  const active = Object.keys(overrides).length > 0;
  const asked = JSON.stringify(request);

  const lane = useMemo(() => {
    // The first answer is read as the evaluation was; those that follow find it in the cache.
    let fresh = asFreshAs(evaluation);
    const ask = async (question: Overrides, signal: AbortSignal) => {
      const compare = [comparedWith(evaluation.compare)];
      const answer = await evaluate(tree ?? '', { ...(JSON.parse(asked) as EvaluateRequest), ...fresh, overrides: question, compare }, signal);
      fresh = {};
      return answer;
    };
    return openLane<Overrides, Evaluation>(
      ask,
      (answer, last) =>
        setTold(before =>
          'answer' in answer
            ? { about: evaluation, evaluation: answer.answer, error: null, last }
            : {
                about: evaluation,
                evaluation: before?.about === evaluation ? before.evaluation : null,
                error: toError(answer.failure),
                last,
              },
        ),
      PATIENCE,
    );
  }, [tree, asked, evaluation]);
  useEffect(() => () => lane.clear(), [lane]);
  useEffect(() => {
    if (!active) {
      lane.clear();
      setTold(null);
      return;
    }
    setTold(before => before && { ...before, last: false });
    lane.put(overrides);
  }, [lane, overrides, active, attempt]);

  const set = useCallback(
    (key: string, quantity: Quantity, supposed: Supposed | null) =>
      setWanted(before => suppose(before, key, quantity, supposed)),
    [],
  );
  const reset = useCallback(() => setWanted({}), []);
  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const current = active && told?.about === evaluation ? told : null;
  return {
    overrides,
    active,
    evaluation: current?.evaluation ?? null,
    busy: active && !current?.last,
    error: current?.last ? current.error : null,
    suppose: set,
    reset,
    retry,
  };
}

function toError(failure: unknown): ApiError {
  return failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
}
