/** What is supposed of a tree's nodes. */
import type { Evaluation, NodeResult, Overrides, Supposed, Tree } from '../api/types';
import { buildOutline, descend } from './outline';

/** How far a slider goes either way, in percent. */
export const REACH = 50;

/** Which of a node's numbers is supposed. */
export type Quantity = 'actual' | 'target';
export const QUANTITIES: readonly Quantity[] = ['actual', 'target'];

/** The overrides with this one in the place of what was supposed of the same number. */
export function suppose(overrides: Overrides, key: string, quantity: Quantity, supposed: Supposed | null): Overrides {
  const { [key]: node = {}, ...others } = overrides;
  const { [quantity]: _before, ...kept } = node;
  const next = supposed === null || isNothing(supposed) ? kept : { ...kept, [quantity]: supposed };
  // In its place, so that a list of what is supposed does not move under the hand.
  return Object.keys(next).length ? { ...overrides, [key]: next } : others;
}

function isNothing(supposed: Supposed): boolean {
  return 'percent' in supposed && supposed.percent === 0;
}

export function supposedOf(overrides: Overrides, key: string, quantity: Quantity): Supposed | null {
  return overrides[key]?.[quantity] ?? null;
}

/** Which numbers of a node are supposed. */
export const quantitiesOf = (overrides: Overrides, key: string): Quantity[] =>
  QUANTITIES.filter(quantity => supposedOf(overrides, key, quantity) !== null);

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
  /** What stands above leaves and has a target of its own, in reading order. */
  above: string[];
}

interface Movable {
  tree: Pick<Tree, 'nodes' | 'links' | 'root'>;
  nodes: Evaluation['nodes'];
}

/** What can be moved at and below a node, by default the root; a node stands where its first path leads. */
export function leversOf({ tree, nodes }: Movable, below: string = tree.root): Levers {
  const counted = reachable(tree, tree.root, true);
  const wanted = reachable(tree, below, false);
  const parents = new Set(tree.links.map(({ parent }) => parent));
  const keys = descend(buildOutline(tree).root)
    .filter(item => item.kind === 'node' && wanted.has(item.node.key))
    .map(item => item.node.key);
  const leaves = keys.filter(key => !parents.has(key));
  return {
    formula: leaves.filter(key => counted.has(key)),
    influence: leaves.filter(key => !counted.has(key)),
    above: keys.filter(key => parents.has(key) && nodes[key] && hasTarget(nodes[key]) && !nodes[key].target_derived),
  };
}

/** Whether there is a target, or a band for one. */
export const hasTarget = ({ target, lower, upper }: NodeResult): boolean => target !== null || (lower !== null && upper !== null);

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
