/**
 * The tree as it is read: every node once, under its first parent, and a reference under each other parent.
 *
 * A node may have several parents, but a card can stand in one place only. The first parent is the first one met when
 * reading depth first, links in their order, so the same tree always reads the same.
 */
import type { Tree, TreeLink, TreeNode } from '../api/types';

export interface Item {
  /** Unique in the outline: the node's key, or parent→key for a reference. */
  id: string;
  kind: 'node' | 'reference';
  node: TreeNode;
  parent: Item | null;
  link: TreeLink | null;
  /** 1 for the root, as aria-level counts. */
  level: number;
  children: Item[];
}

export interface Outline {
  root: Item | null;
  /** The items of kind `node` by key. */
  byKey: Map<string, Item>;
}

export function buildOutline(tree: Pick<Tree, 'nodes' | 'links' | 'root'>): Outline {
  const nodes = new Map(tree.nodes.map(node => [node.key, node]));
  const links = linksByParent(tree.links);
  const byKey = new Map<string, Item>();

  function place(node: TreeNode, parent: Item | null, link: TreeLink | null): Item {
    const level = parent ? parent.level + 1 : 1;
    if (parent && byKey.has(node.key)) {
      return { id: `${parent.id}→${node.key}`, kind: 'reference', node, parent, link, level, children: [] };
    }
    const item: Item = { id: node.key, kind: 'node', node, parent, link, level, children: [] };
    byKey.set(node.key, item);
    for (const below of links.get(node.key) ?? []) {
      const child = nodes.get(below.child);
      if (child) item.children.push(place(child, item, below));
    }
    return item;
  }

  const root = nodes.get(tree.root);
  return { root: root ? place(root, null, null) : null, byKey };
}

function linksByParent(links: TreeLink[]): Map<string, TreeLink[]> {
  const byParent = new Map<string, TreeLink[]>();
  for (const link of links) byParent.set(link.parent, [...(byParent.get(link.parent) ?? []), link]);
  for (const siblings of byParent.values()) siblings.sort((a, b) => a.order - b.order || compare(a.child, b.child));
  return byParent;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Every item at and below this one, in reading order. */
export function descend(item: Item | null): Item[] {
  return item ? [item, ...item.children.flatMap(descend)] : [];
}
