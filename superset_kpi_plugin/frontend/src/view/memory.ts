/**
 * What a chart remembers while the page lives.
 *
 * The host unmounts a chart for as long as its own query runs, so each change of a filter would forget what was
 * unfolded and where one looked, and would flash a skeleton in place of the numbers before.
 */
import type { Evaluation, Overrides } from '../api/types';
import type { NodeFilter } from '../tree/filter';
import type { Folded } from '../tree/fold';
import type { LayoutChoice, LayoutKind } from '../tree/kinds';
import type { View } from '../tree/viewport';
import type { Tab } from './panel/tabs';

export interface Memory {
  evaluation?: Evaluation;
  folded?: Folded;
  initialDepth?: number;
  view?: View;
  /** Of which picture the view is. */
  viewOf?: string;
  /** The layout a reader chose, and what the chart's controls said then. */
  kind?: LayoutKind;
  choice?: LayoutChoice;
  branch?: string | null;
  filter?: NodeFilter;
  by?: string;
  panel?: { tab: Tab | null; selected: string | null; sql?: boolean };
  overrides?: Overrides;
  /** Whether the links show their proof. */
  proof?: boolean;
}

const LIMIT = 30;
const memories = new Map<string, Memory>();

export function recall(chartId: number, tree: string): Memory {
  const key = `${chartId}:${tree}`;
  const memory = memories.get(key) ?? {};
  memories.delete(key);
  memories.set(key, memory);
  for (const oldest of memories.keys()) {
    if (memories.size <= LIMIT) break;
    memories.delete(oldest);
  }
  return memory;
}

export function forgetAll(): void {
  memories.clear();
}
