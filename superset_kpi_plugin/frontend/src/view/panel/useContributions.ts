import { explain } from '../../api/client';
import type { Comparison, Contributions } from '../../api/types';
import { supposing, type Subject } from './subject';
import { useAnswer, type Answer } from './useAnswer';

/** What adds to the KGI's change, of the tree as it is shown. */
export function useContributions(
  { tree, request, real, whatIf }: Subject,
  compare: Comparison,
): { answer: Answer<Contributions>; retry: () => void } {
  const question = supposing(request, whatIf);
  // While a slider moves, the waterfall waits for it to come to rest.
  const asked = whatIf.busy ? null : `contributions ${compare} ${JSON.stringify(question.overrides ?? null)}`;
  return useAnswer(real, asked, signal => explain(tree, { ...question, compare }, signal));
}
