/** What is behind, by which path, and since when. Chooses among the server's numbers; computes none. */
import type { EvaluationWindow, History, NodeResult, Status } from '../api/types';
import type { Folded } from './fold';
import { descend, type Item, type Outline } from './outline';

type Results = Record<string, NodeResult>;

const SEVERITY: Partial<Record<Status, number>> = { off_track: 2, at_risk: 1 };

export const isBehind = (status: Status | undefined): boolean => status !== undefined && status in SEVERITY;

/**
 * The path to what holds the KGI back: from its drivers on, always the worst by status, then by pace. Drivers without
 * weight hold nothing back. Empty where no driver is behind.
 */
export function holdingBack(outline: Outline, results: Results): Item[] {
  const path: Item[] = [];
  for (let at = outline.root; at; ) {
    const worst = at.children
      .filter(child => isBehind(results[child.node.key]?.status) && child.link?.weight !== 0)
      .map(child => outline.byKey.get(child.node.key) ?? child)
      .sort((a, b) => compareTrouble(results[a.node.key]!, results[b.node.key]!))[0];
    if (!worst) break;
    path.push(worst);
    at = worst;
  }
  return path;
}

function compareTrouble(a: NodeResult, b: NodeResult): number {
  const pace = (result: NodeResult) => result.pace ?? result.paced_score ?? Infinity;
  const severity = (result: NodeResult) => SEVERITY[result.status] ?? 0;
  return severity(b) - severity(a) || (pace(a) === pace(b) ? 0 : pace(a) - pace(b));
}

export interface Spell {
  /** The first period of the spell. */
  since: EvaluationWindow;
  periods: number;
  /** Whether it may have begun before the history at hand. */
  longer: boolean;
}

/** For how long a node has been behind without a break, up to the last period; null where it is not. */
export function behindSince(history: History | null, key: string): Spell | null {
  const statuses = history?.nodes[key]?.status ?? [];
  let first = statuses.length;
  while (first > 0 && isBehind(statuses[first - 1])) first -= 1;
  const since = history?.periods[first];
  if (!since) return null;
  return { since, periods: statuses.length - first, longer: first === 0 };
}

/** The nodes of the worst status there is among off track and at risk. */
export function offTrack(outline: Outline, results: Results): Item[] {
  const items = [...outline.byKey.values()];
  const having = (status: Status) => items.filter(item => results[item.node.key]?.status === status);
  const off = having('off_track');
  return off.length ? off : having('at_risk');
}

/** Folds everything but the paths from the root to these items. */
export function foldAllBut(outline: Outline, wanted: Item[]): Folded {
  const open = new Set<string>();
  for (const item of wanted) for (let above = item.parent; above; above = above.parent) open.add(above.id);
  return new Set(descend(outline.root).filter(item => item.children.length > 0 && !open.has(item.id)).map(({ id }) => id));
}
