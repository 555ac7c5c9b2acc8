/** The attainment bar's scale: from 0 to a fifth beyond the target. Numbers become lengths here, nothing else. */
import type { NodeResult, TreeNode } from '../api/types';

const FULL = 1.2;

export const TARGET_POSITION = 1 / FULL;

/** A share of the bar's length for an attainment; what lies outside stops at the ends. */
export function barPosition(attainment: number): number {
  return Math.min(Math.max(attainment, 0), FULL) / FULL;
}

/**
 * Where "expected by now" stands on the bar. Only for a growing number that counts from zero does expected / target lie
 * on the scale of attainment; for any other the tick would be in the wrong place, so there is none. Nor where all of the
 * target is expected: that tick stands there already.
 */
export function expectedPosition(node: TreeNode, { expected, target, baseline }: NodeResult): number | null {
  if (node.direction !== 'increase' || baseline !== null || expected === null || target === null) return null;
  if (target <= 0 || expected < 0 || expected === target) return null;
  return barPosition(expected / target);
}
