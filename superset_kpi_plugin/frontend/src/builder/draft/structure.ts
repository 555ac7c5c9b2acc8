/** How a document's nodes hang together. */
import type { LinkDoc, NodeDoc, TreeDoc } from './document';
import { namesIn } from './formula';

export const nodeOf = (doc: TreeDoc, key: string): NodeDoc | undefined => doc.nodes.find(node => node.key === key);

export const nameOf = (doc: TreeDoc, key: string): string => nodeOf(doc, key)?.name || key;

export const linkOf = (doc: TreeDoc, parent: string, child: string): LinkDoc | undefined =>
  doc.links.find(link => link.parent === parent && link.child === child);

/** The links to the children, in their order. */
export function childrenOf(doc: TreeDoc, parent: string): LinkDoc[] {
  const links = doc.links.filter(link => link.parent === parent);
  return links.sort((a, b) => a.order - b.order || (a.child < b.child ? -1 : 1));
}

export const parentsOf = (doc: TreeDoc, child: string): string[] =>
  doc.links.filter(link => link.child === child).map(({ parent }) => parent);

/** The KGI: the node that nothing stands above. */
export function rootOf(doc: TreeDoc): string {
  const below = new Set(doc.links.map(({ child }) => child));
  return (doc.nodes.find(({ key }) => !below.has(key)) ?? doc.nodes[0])?.key ?? '';
}

/** The nodes as one reads the tree: each before those under it, each once. */
export function inReadingOrder(doc: TreeDoc): NodeDoc[] {
  const keys = new Set<string>();
  const visit = (key: string) => {
    if (keys.has(key)) return;
    keys.add(key);
    childrenOf(doc, key).forEach(({ child }) => visit(child));
  };
  visit(rootOf(doc));
  doc.nodes.forEach(({ key }) => visit(key));
  const nodes = new Map(doc.nodes.map(node => [node.key, node]));
  return [...keys].flatMap(key => nodes.get(key) ?? []);
}

/** A node and everything under it. */
export function branchOf(doc: TreeDoc, key: string): Set<string> {
  const children = new Map<string, string[]>();
  for (const { parent, child } of doc.links) children.set(parent, [...(children.get(parent) ?? []), child]);
  const found = new Set<string>();
  const waiting = [key];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(children.get(next) ?? []));
  }
  return found;
}

/** Of these keys, those that do not stand under another of them. */
export function topmost(doc: TreeDoc, keys: readonly string[]): string[] {
  const below = new Set(keys.flatMap(key => [...branchOf(doc, key)].filter(other => other !== key)));
  return keys.filter(key => !below.has(key));
}

/** The nodes whose formulas name this one. */
export const namedBy = (doc: TreeDoc, key: string): NodeDoc[] =>
  doc.nodes.filter(({ formula }) => namesIn(formula).includes(key));

/** Whether the parent's formula names the child. */
export function isComponent(doc: TreeDoc, parent: string, child: string): boolean {
  return namesIn(nodeOf(doc, parent)?.formula ?? null).includes(child);
}
