import { prove } from '../../api/client';
import type { Proof } from '../../api/types';
import type { Subject } from './subject';
import { useAnswer, type Answer } from './useAnswer';

/** Whether the last closed periods bear the links out. Reads history, so it is asked only when somebody wants to know. */
export function useProof({ tree, request, real }: Pick<Subject, 'tree' | 'request' | 'real'>, wanted: boolean): { answer: Answer<Proof>; retry: () => void } {
  const { as_of, filters, force } = request;
  return useAnswer(real, wanted ? 'proof' : null, signal =>
    prove(tree, { ...(as_of ? { as_of } : {}), ...(filters ? { filters } : {}), ...(force ? { force } : {}) }, signal),
  );
}
