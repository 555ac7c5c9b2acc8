/** Which branches are folded: pure functions over the set of their keys. */
import { descend, type Item, type Outline } from './outline';

export type Folded = ReadonlySet<string>;

/** Folds every branch from this level down; level 1 is the root. */
export function foldFrom(outline: Outline, levels: number): Folded {
  return new Set(branches(outline).filter(item => item.level >= levels).map(item => item.id));
}

export const foldAll = (outline: Outline): Folded => foldFrom(outline, 1);

export const unfoldAll: Folded = new Set();

export function toggle(folded: Folded, id: string): Folded {
  const next = new Set(folded);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Unfolds whatever hides this node. */
export function reveal(outline: Outline, folded: Folded, key: string): Folded {
  const next = new Set(folded);
  for (let above = outline.byKey.get(key)?.parent; above; above = above.parent) next.delete(above.id);
  return next;
}

/** The items in sight, in reading order. */
export function visible(root: Item | null, folded: Folded): Item[] {
  if (!root) return [];
  return [root, ...shown(root, folded).flatMap(child => visible(child, folded))];
}

/** The children in sight. */
export function shown(item: Item, folded: Folded): Item[] {
  return folded.has(item.id) ? [] : item.children;
}

function branches({ root }: Outline): Item[] {
  return descend(root).filter(item => item.children.length > 0);
}
