/** What there is to tell of each node: its result, how it came about, and what changed. */
import type { Change, Evaluation, NodeHistory, NodeResult, PastKind, TreeNode } from '../api/types';

export interface Facts {
  result: NodeResult | undefined;
  series: NodeHistory | undefined;
  change: Change | undefined;
  /** With what it is compared. */
  against: PastKind;
  /** Whether the window is open: its last number is not yet all of it. */
  open: boolean;
  /** Whether its number is only supposed. */
  supposed: boolean;
}

export type FactsOf = (key: string) => Facts;

/** With what an evaluation compares its nodes. */
export const comparedWith = (compare: Evaluation['compare'] | undefined): PastKind =>
  compare?.previous_year ? 'previous_year' : 'previous_period';

/** The same facts for the same key, so that a card whose numbers stay is not drawn again. */
export function factsOf({ nodes, history, compare, window, overridden }: Evaluation): FactsOf {
  const known = new Map<string, Facts>();
  const against = comparedWith(compare);
  const changes = compare?.[against]?.nodes ?? {};
  return key => {
    const facts = known.get(key) ?? {
      result: nodes[key],
      series: history?.nodes[key],
      change: changes[key],
      against,
      open: !window.closed,
      supposed: overridden?.includes(key) ?? false,
    };
    known.set(key, facts);
    return facts;
  };
}

/** What is still needed per day. Null, too, where more is better and the target is met: nothing is, least of all less than nothing. */
export const stillNeeded = ({ direction }: Pick<TreeNode, 'direction'>, { needed_per_day: needed }: Pick<NodeResult, 'needed_per_day'>): number | null =>
  direction === 'increase' && needed !== null && needed <= 0 ? null : needed;
