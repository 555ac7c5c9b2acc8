/** Deleting nodes: what goes with them, and what is left behind wrong. */
import { t } from '../../i18n';
import type { LinkDoc, NodeDoc, TreeDoc } from './document';
import { formulaWithout } from './expression';
import { keepInWords, namesIn } from './formula';
import { childrenOf, nodeOf, parentsOf, rootOf } from './structure';

/** Whether what stands under a deleted node goes with it, or moves up into its place. */
export type Below = 'goes' | 'moves up';

/** What depends on nodes that are to be deleted. */
export interface Dependents {
  /** The nodes to delete; the KGI cannot be. */
  keys: string[];
  /** What stands under them alone. */
  orphans: NodeDoc[];
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
    targets: nodes.reduce((sum, node) => sum + node.targets.length, 0),
    values: nodes.reduce((sum, node) => sum + node.manual_values.length, 0),
  };
}

/** A formula that names what goes: how it can be written without it, or null where only a person can say. */
export interface Bereft {
  node: NodeDoc;
  without: string | null;
}

/** The nodes that stay, whose formulas name one that goes. */
export function bereftOf(doc: TreeDoc, keys: readonly string[], below: Below): Bereft[] {
  const deleted = deletable(doc, keys);
  const gone = below === 'goes' ? withOrphans(doc, deleted) : new Set(deleted);
  // What stood under it goes with it, and with that what it is made of.
  const parts = below === 'goes' ? [] : doc.nodes.filter(({ key }) => gone.has(key));
  const formulas = new Map(parts.flatMap(({ key, formula }) => (formula === null ? [] : [[key, formula]])));
  return doc.nodes
    .filter(({ key, formula }) => !gone.has(key) && namesIn(formula).some(name => gone.has(name)))
    .map(node => ({ node, without: formulaWithout(node.formula!, gone, formulas) }));
}

/**
 * Deletes nodes. Formulas that name them go on without them; where that cannot be told, or is not wished (`opened`), the
 * formula is kept in the description and a source that was the formula is left open.
 */
export function deleteNodes(doc: TreeDoc, keys: readonly string[], below: Below = 'goes', opened: ReadonlySet<string> = new Set()): TreeDoc {
  const deleted = deletable(doc, keys);
  if (deleted.length === 0) return doc;
  const lifted = below === 'goes' ? doc : deleted.reduce(liftChildren, doc);
  const gone = withOrphans(lifted, deleted);
  const bereft = new Map(bereftOf(doc, keys, below).map(one => [one.node.key, one]));
  const names = doc.nodes.filter(({ key }) => gone.has(key)).map(({ name }) => name).join(', ');
  const told = t('Formula until {names} was deleted:', { names });
  const mended = (node: NodeDoc): NodeDoc => {
    const one = bereft.get(node.key);
    if (!one) return node;
    return one.without !== null && !opened.has(node.key) ? { ...node, formula: one.without } : leftOpen(node, told);
  };
  return {
    ...lifted,
    nodes: lifted.nodes.filter(({ key }) => !gone.has(key)).map(mended),
    links: lifted.links.filter(({ parent, child }) => !gone.has(parent) && !gone.has(child)),
  };
}

/** A node that does without its formula, which its description keeps after these words. */
export function leftOpen(node: NodeDoc, words: string): NodeDoc {
  return {
    ...node,
    formula: null,
    source: node.source === 'formula' ? 'metric' : node.source,
    description: [node.description, keepInWords(words, node.formula!)].filter(Boolean).join('\n'),
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
