/**
 * A change of the KGI as steps from one number to another.
 *
 * The server says what each step adds; here the steps become lengths on one scale, nothing else.
 */
import type { Contribution, Contributions } from '../api/types';

export interface Step {
  row: Contribution;
  /** Where the step begins and ends, as shares of the scale. */
  from: number;
  to: number;
}

export interface Waterfall {
  /** Where the numbers before and after stand; bars grow from `zero`. */
  start: number;
  end: number;
  zero: number;
  /** The largest first. */
  steps: Step[];
  /** Rows whose effect is too small to be one. */
  without: Contribution[];
}

/** Below this share of the largest step, a step is rounding. */
const NOTHING = 1e-9;

/** Null where the change cannot be told. */
export function waterfall({ change, contributions }: Contributions, root: string): Waterfall | null {
  const total = contributions.find(({ kind, key }) => kind === 'node' && key === root)
    ?? contributions.find(({ kind, key }) => kind === 'leaf' && key === root);
  if (change === null || !total || total.before === null || total.after === null) return null;
  const rows = contributions.filter(({ kind }) => kind !== 'node');
  const largest = Math.max(...rows.map(size), Math.abs(change));
  const steps = rows.filter(row => size(row) > largest * NOTHING).sort((a, b) => size(b) - size(a));
  const stands = [total.before];
  for (const { contribution } of steps) stands.push(stands[stands.length - 1]! + contribution!);
  const zeroIn = startsAtZero(stands);
  const known = zeroIn ? [0, total.after, ...stands] : [total.after, ...stands];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = zeroIn ? 0 : (high - low) * 0.15;
  const span = high - low + room || 1;
  const at = (value: number) => (value - low + room) / span;
  return {
    start: at(total.before),
    end: at(total.after),
    zero: zeroIn ? at(0) : 0,
    steps: steps.map((row, index) => ({ row, from: at(stands[index]!), to: at(stands[index + 1]!) })),
    without: rows.filter(row => !steps.includes(row)),
  };
}

/** Small steps between large numbers would be hairlines on a scale from zero. */
function startsAtZero(stands: number[]): boolean {
  const [low, high] = [Math.min(...stands), Math.max(...stands)];
  return low <= 0 || high - low > Math.max(Math.abs(low), Math.abs(high)) * 0.12;
}

const size = ({ contribution }: Contribution): number => Math.abs(contribution ?? 0);
