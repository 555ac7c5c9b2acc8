/** The history chart's scale: numbers become shares of its height, nothing else. */
import type { NodeHistory } from '../api/types';

export interface HistoryBar {
  /** Where the bar begins and ends, 0 at the foot of the chart; null where the actual is undefined. */
  bar: [number, number] | null;
  /** Where the target stands. */
  target: number | null;
}

export interface HistoryScale {
  /** Where zero stands. */
  zero: number;
  bars: HistoryBar[];
}

/** Bars grow from zero, so zero is always on the scale. */
export function historyScale({ actual, target }: Pick<NodeHistory, 'actual' | 'target'>): HistoryScale {
  const known = [0, ...actual, ...target].filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = high - low || 1;
  const at = (value: number) => (value - low) / span;
  const bars = actual.map((value, index) => {
    const wanted = target[index] ?? null;
    const ends: [number, number] | null = value === null ? null : [at(Math.min(value, 0)), at(Math.max(value, 0))];
    return { bar: ends, target: wanted === null ? null : at(wanted) };
  });
  return { zero: at(0), bars };
}
