/** Deleting nodes: what goes with them, and what is left behind wrong. */
import type { LinkDoc, NodeDoc, TreeDoc } from './document';
import { namesIn } from './formula';
import { childrenOf, nodeOf, parentsOf, rootOf } from './structure';

/** Whether what stands under a deleted node goes with it, or moves up into its place. */
export type Below = 'goes' | 'moves up';

/** What depends on nodes that are to be deleted. */
export interface Dependents {
  /** The nodes to delete; the KGI cannot be. */
  keys: string[];
  /** What stands under them alone. */
  orphans: NodeDoc[];
  /** Nodes that stay, whose formulas name one that goes when the whole branch goes. */
  formulas: NodeDoc[];
  /** How many targets and typed-in values go with the whole branch. */
  targets: number;
  values: number;
}

export function dependentsOf(doc: TreeDoc, keys: readonly string[]): Dependents {
  const deleted = deletable(doc, keys);
  const gone = withOrphans(doc, deleted);
  const nodes = doc.nodes.filter(({ key }) => gone.has(key));
  return {
    keys: deleted,
    orphans: nodes.filter(({ key }) => !deleted.includes(key)),
    formulas: doc.nodes.filter(({ key, formula }) => !gone.has(key) && namesIn(formula).some(name => gone.has(name))),
    targets: nodes.reduce((sum, node) => sum + node.targets.length, 0),
    values: nodes.reduce((sum, node) => sum + node.manual_values.length, 0),
  };
}

/** Deletes nodes. Formulas that name them stay as they are written: what takes the place, only a person knows. */
export function deleteNodes(doc: TreeDoc, keys: readonly string[], below: Below = 'goes'): TreeDoc {
  const deleted = deletable(doc, keys);
  if (deleted.length === 0) return doc;
  const lifted = below === 'goes' ? doc : deleted.reduce(liftChildren, doc);
  const gone = withOrphans(lifted, deleted);
  return {
    ...lifted,
    nodes: lifted.nodes.filter(({ key }) => !gone.has(key)),
    links: lifted.links.filter(({ parent, child }) => !gone.has(parent) && !gone.has(child)),
  };
}

function deletable(doc: TreeDoc, keys: readonly string[]): string[] {
  const root = rootOf(doc);
  return keys.filter(key => key !== root && nodeOf(doc, key));
}

/** These nodes, and what would then hang from nothing. */
function withOrphans(doc: TreeDoc, keys: readonly string[]): Set<string> {
  const gone = new Set(keys);
  const waiting = [...keys];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { child } of childrenOf(doc, next)) {
      if (gone.has(child) || parentsOf(doc, child).some(parent => !gone.has(parent))) continue;
      gone.add(child);
      waiting.push(child);
    }
  }
  return gone;
}

/** Links a node's children to its parents instead, where the node stood. */
function liftChildren(doc: TreeDoc, key: string): TreeDoc {
  const children = childrenOf(doc, key);
  const lifted = parentsOf(doc, key).flatMap(parent => {
    const siblings = childrenOf(doc, parent);
    const known = new Set(siblings.map(({ child }) => child));
    const fresh = children.filter(({ child }) => !known.has(child)).map(one => ({ ...one, parent }));
    return siblings.flatMap(one => (one.child === key ? [...fresh, one] : [one])).map(numbered);
  });
  const kept = doc.links.filter(({ parent }) => parent !== key && !lifted.some(one => one.parent === parent));
  return { ...doc, links: [...kept, ...lifted] };
}

const numbered = (link: LinkDoc, order: number): LinkDoc => (link.order === order ? link : { ...link, order });
