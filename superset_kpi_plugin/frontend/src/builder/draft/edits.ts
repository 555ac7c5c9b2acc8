/**
 * Edits of a draft: pure functions from document to document.
 *
 * What an edit does not touch stays the very same object, so that snapshots for undo cost little. A key that is not
 * there, or a place that is refused (`linkProblem`, `keyProblem`), leaves the document as it is.
 */
import { t } from '../../i18n';
import { readNode, readTree, type LinkDoc, type NodeDoc, type Source, type TreeDoc } from './document';
import { namesIn, renameIn } from './formula';
import { freeKey, isUnnamed, keyFor, keyProblem, keysOf } from './keys';
import { branchOf, childrenOf, linkOf, nameOf, nodeOf, parentsOf, rootOf } from './structure';

export type Edit = (doc: TreeDoc) => TreeDoc;

/** A node that is not in the tree yet, with a key that is free: from its name, where it has one. */
export function newNode(doc: TreeDoc, fields: Partial<NodeDoc> = {}): NodeDoc {
  const key = freeKey(keysOf(doc), fields.key ?? keyFor(fields.name ?? ''));
  return readNode({ ...fields, key });
}

/** A node whose first name will give it its key. */
export const unnamedNode = (doc: TreeDoc, name: string): NodeDoc => newNode(doc, { key: '', name });

/** A tree of a KGI alone. */
export const blankTree = (name: string): TreeDoc =>
  readTree({ name, nodes: [{ key: keyFor(name) || 'kgi', name }] });

/** Adds a node under a parent; at the end, or before the child that stands at that place. */
export function addChild(doc: TreeDoc, parent: string, node: NodeDoc, at?: number): TreeDoc {
  if (!nodeOf(doc, parent)) return doc;
  return link({ ...doc, nodes: [...doc.nodes, node] }, parent, node.key, at);
}

/** Adds a node behind another one under the same parent. */
export function addSibling(doc: TreeDoc, parent: string, beside: string, node: NodeDoc): TreeDoc {
  return addChild(doc, parent, node, placeOf(doc, parent, beside) + 1);
}

/** Sets fields of a node; its key and its formula have edits of their own, as other things follow from them. */
export function setNode(doc: TreeDoc, key: string, fields: Partial<Omit<NodeDoc, 'uuid' | 'key' | 'formula'>>): TreeDoc {
  return mapNode(doc, key, node => ({ ...node, ...fields }));
}

/** What a tree is called until somebody names it. */
export const unnamedTree = (): string => t('New tree');

/** Names a node. The first name of a node gives it its key, too, and that of the KGI names a tree that has no name yet. */
export function renameNode(doc: TreeDoc, key: string, name: string): TreeDoc {
  if (!name.trim() || name === nodeOf(doc, key)?.name) return doc;
  const first = isUnnamed(key) && key === rootOf(doc) && doc.name === unnamedTree();
  const whole = first ? { ...doc, name: name.trim() } : doc;
  const named = mapNode(whole, key, node => ({ ...node, name: name.trim() }));
  const wanted = isUnnamed(key) ? keyFor(name) : '';
  return wanted ? setKey(named, key, freeKey(keysOf(doc), wanted)) : named;
}

/** Gives a node another key, in the formulas that name it as well. */
export function setKey(doc: TreeDoc, key: string, next: string): TreeDoc {
  if (key === next || keyProblem(doc, key, next) !== null) return doc;
  const rename = (other: string) => (other === key ? next : other);
  return {
    ...doc,
    nodes: doc.nodes.map(node => {
      const formula = namesIn(node.formula).includes(key) ? renameIn(node.formula, rename) : node.formula;
      return node.key === key || formula !== node.formula ? { ...node, key: rename(node.key), formula } : node;
    }),
    links: doc.links.map(one =>
      one.parent === key || one.child === key ? { ...one, parent: rename(one.parent), child: rename(one.child) } : one,
    ),
  };
}

/** Says where a node's actual comes from, and drops what only another source may have. */
export function setSource(doc: TreeDoc, key: string, source: Source): TreeDoc {
  return mapNode(doc, key, node => ({
    ...node,
    source,
    metric: source === 'metric' ? node.metric : null,
    manual_values: source === 'manual' ? node.manual_values : [],
    shift: source === 'formula' ? 0 : node.shift,
  }));
}

/** Sets a formula. Nodes that it names become children, where that makes no circle; a source left open is the formula now. */
export function setFormula(doc: TreeDoc, key: string, formula: string | null): TreeDoc {
  const text = formula?.trim() || null;
  const written = mapNode(doc, key, node => (node.formula === text ? node : { ...node, formula: text }));
  const node = nodeOf(written, key);
  const open = text !== null && node?.source === 'metric' && node.metric === null;
  const set = open ? setSource(written, key, 'formula') : written;
  return namesIn(text).reduce((linked, name) => link(linked, key, name), set);
}

/** Sets fields of the tree itself. */
export function setTree(doc: TreeDoc, fields: Partial<Omit<TreeDoc, 'uuid' | 'version' | 'nodes' | 'links'>>): TreeDoc {
  return { ...doc, ...fields };
}

/** Sets a link's weight, lag or expected sign. */
export function setLink(
  doc: TreeDoc,
  parent: string,
  child: string,
  fields: Partial<Pick<LinkDoc, 'weight' | 'lag' | 'expected_sign'>>,
): TreeDoc {
  const found = linkOf(doc, parent, child);
  return found ? { ...doc, links: doc.links.map(one => (one === found ? { ...one, ...fields } : one)) } : doc;
}

/** Why one node cannot stand under another; null where it can. */
export function linkProblem(doc: TreeDoc, parent: string, child: string): string | null {
  if (!nodeOf(doc, parent) || !nodeOf(doc, child)) return t('There is no such KPI in this tree.');
  if (parent === child) return t('A KPI cannot stand under itself.');
  const values = { child: nameOf(doc, child), parent: nameOf(doc, parent) };
  if (linkOf(doc, parent, child)) return t('{child} stands under {parent} already.', values);
  if (branchOf(doc, child).has(parent)) return t('{parent} stands under {child}: that would be a circle.', values);
  return null;
}

/** Puts a node under one parent more. */
export function link(doc: TreeDoc, parent: string, child: string, at?: number): TreeDoc {
  if (linkProblem(doc, parent, child) !== null) return doc;
  const fresh: LinkDoc = { parent, child, weight: 1, order: 0, lag: 0, expected_sign: null };
  return place({ ...doc, links: [...doc.links, fresh] }, fresh, at);
}

/** Why a node cannot leave a parent; null where it can. */
export function unlinkProblem(doc: TreeDoc, parent: string, child: string): string | null {
  if (!linkOf(doc, parent, child) || parentsOf(doc, child).length > 1) return null;
  return t('{parent} is the only parent of {child}.', { child: nameOf(doc, child), parent: nameOf(doc, parent) });
}

/** Takes a node from under one of its several parents. */
export function unlink(doc: TreeDoc, parent: string, child: string): TreeDoc {
  const found = linkOf(doc, parent, child);
  if (!found || unlinkProblem(doc, parent, child) !== null) return doc;
  return { ...doc, links: doc.links.filter(one => one !== found) };
}

/** Why a node cannot be moved from one parent to another; null where it can. */
export function moveProblem(doc: TreeDoc, child: string, from: string | null, to: string): string | null {
  if (from === null) return t('The KGI stands above all.');
  return from === to ? null : linkProblem(doc, to, child);
}

/** Moves a node, with the link's weight, to a place among the other children of a parent; to the end without one. */
export function moveNode(doc: TreeDoc, child: string, from: string, to: string, at?: number): TreeDoc {
  const found = linkOf(doc, from, child);
  if (!found || moveProblem(doc, child, from, to) !== null) return doc;
  if (from === to && at === placeOf(doc, to, child)) return doc;
  const moved = { ...found, parent: to };
  return place({ ...doc, links: doc.links.map(one => (one === found ? moved : one)) }, moved, at);
}

/** Which place a child has among its parent's children, from 0; −1 where it is none. */
export const placeOf = (doc: TreeDoc, parent: string, child: string): number =>
  childrenOf(doc, parent).findIndex(one => one.child === child);

function mapNode(doc: TreeDoc, key: string, change: (node: NodeDoc) => NodeDoc): TreeDoc {
  const nodes = doc.nodes.map(node => (node.key === key ? change(node) : node));
  return nodes.some((node, index) => node !== doc.nodes[index]) ? { ...doc, nodes } : doc;
}

/** Numbers a parent's children anew, with this link at its place among the others. */
function place(doc: TreeDoc, moved: LinkDoc, at = Infinity): TreeDoc {
  const others = childrenOf(doc, moved.parent).filter(one => one !== moved);
  const ordered = [...others.slice(0, Math.max(at, 0)), moved, ...others.slice(Math.max(at, 0))];
  const orders = new Map(ordered.map((one, index) => [one, index]));
  return {
    ...doc,
    links: doc.links.map(one => {
      const order = orders.get(one) ?? one.order;
      return order === one.order ? one : { ...one, order };
    }),
  };
}
