/** What is supposed of a tree's nodes. */
import type { Evaluation, Overrides, Supposed, Tree } from '../api/types';
import { buildOutline, descend } from './outline';

/** How far a slider goes either way, in percent. */
export const REACH = 50;

export function suppose(overrides: Overrides, key: string, actual: Supposed | null): Overrides {
  const { [key]: _before, ...others } = overrides;
  return actual === null || isNothing(actual) ? others : { ...others, [key]: { actual } };
}

function isNothing(supposed: Supposed): boolean {
  return 'percent' in supposed && supposed.percent === 0;
}

export function supposedOf(overrides: Overrides, key: string): Supposed | null {
  return overrides[key]?.actual ?? null;
}

/** What is supposed of nodes that the tree still has. */
export function stillThere(overrides: Overrides, { tree }: Pick<Evaluation, 'tree'>): Overrides {
  const keys = new Set(tree.nodes.map(({ key }) => key));
  return Object.fromEntries(Object.entries(overrides).filter(([key]) => keys.has(key)));
}

export interface Levers {
  /** Leaves of which the goal's formula is made, in reading order. */
  formula: string[];
  /** Leaves that move scores only. */
  influence: string[];
}

/** The leaves of the tree, below one node or below the root; a leaf stands where its first path leads. */
export function leversOf(tree: Pick<Tree, 'nodes' | 'links' | 'root'>, below: string = tree.root): Levers {
  const counted = reachable(tree, tree.root, true);
  const wanted = reachable(tree, below, false);
  const parents = new Set(tree.links.map(({ parent }) => parent));
  const leaves = descend(buildOutline(tree).root)
    .filter(item => item.kind === 'node' && wanted.has(item.node.key) && !parents.has(item.node.key))
    .map(item => item.node.key);
  return { formula: leaves.filter(key => counted.has(key)), influence: leaves.filter(key => !counted.has(key)) };
}

/** The nodes at and below this one. */
export function reachable(tree: Pick<Tree, 'links'>, from: string, byFormula: boolean): Set<string> {
  const below = new Map<string, string[]>();
  for (const { parent, child, kind } of tree.links) {
    if (!byFormula || kind === 'component') below.set(parent, [...(below.get(parent) ?? []), child]);
  }
  const found = new Set([from]);
  for (const key of found) for (const child of below.get(key) ?? []) found.add(child);
  return found;
}
