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
  const unit = Math.max(size(total.before), size(total.after), ...rows.map(({ contribution }) => size(contribution))) || 1;
  const length = (value: number | null) => (value ?? 0) / unit;
  const nothing = Math.max(...rows.map(row => Math.abs(length(row.contribution))), Math.abs(length(change))) * NOTHING;
  const ordered = rows
    .filter(row => Math.abs(length(row.contribution)) > nothing)
    .sort((a, b) => size(b.contribution) - size(a.contribution));
  // From here on there are lengths only, laid end to end.
  const stands = [length(total.before)];
  for (const { contribution } of ordered) stands.push(stands[stands.length - 1]! + length(contribution));
  const end = length(total.after);
  const fromZero = startsAtZero(stands);
  const known = fromZero ? [0, end, ...stands] : [end, ...stands];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = fromZero ? 0 : (high - low) * 0.15;
  const span = high - low + room || 1;
  const at = (stand: number) => (stand - low + room) / span;
  return {
    start: at(stands[0]!),
    end: at(end),
    zero: fromZero ? at(0) : 0,
    steps: ordered.map((row, index) => ({ row, from: at(stands[index]!), to: at(stands[index + 1]!) })),
    without: rows.filter(row => !ordered.includes(row)),
  };
}

/** Small steps between large numbers would be hairlines on a scale from zero. */
function startsAtZero(stands: number[]): boolean {
  const [low, high] = [Math.min(...stands), Math.max(...stands)];
  return low <= 0 || high - low > Math.max(Math.abs(low), Math.abs(high)) * 0.12;
}

const size = (value: number | null): number => Math.abs(value ?? 0);
