/** Where every visible item stands: a tidy tree from left to right, or from the top down. */
import { hierarchy, tree as tidy } from 'd3-hierarchy';
import { shown, type Folded } from './fold';
import type { Item } from './outline';

export const CARD = { width: 288, height: 176 };
export const REFERENCE = { width: 200, height: 36 };
/** Chips hang below a card: two of them, one above the other, must find room. */
const SIBLING_GAP = 28;
const FAMILY_GAP = 44;

/** Which way the tree grows. */
export type Growth = 'right' | 'down';

/** Between two levels: first the lines part, then each runs straight to its child, so far that a weight finds room beside it. */
export const LEVEL_GAP: Record<Growth, number> = { right: 128, down: 100 };
export const STRAIGHT: Record<Growth, number> = { right: 96, down: 60 };

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Placed {
  item: Item;
  box: Box;
}

export interface Layout {
  placed: Placed[];
  byId: Map<string, Placed>;
  bounds: Box;
}

export function layOut(root: Item | null, folded: Folded, growth: Growth = 'right'): Layout {
  if (!root) return { placed: [], byId: new Map(), bounds: { x: 0, y: 0, width: 0, height: 0 } };
  const down = growth === 'down';
  const positioned = tidy<Item>()
    .nodeSize([1, (down ? CARD.height : CARD.width) + LEVEL_GAP[growth]])
    .separation((a, b) => {
      const gap = a.parent === b.parent ? SIBLING_GAP : FAMILY_GAP;
      const [first, second] = [sizeOf(a.data), sizeOf(b.data)];
      return (down ? first.width + second.width : first.height + second.height) / 2 + gap;
    })(hierarchy(root, item => shown(item, folded)));
  const placed: Placed[] = [];
  // d3's x is the middle of the item across the tree's growth, and its y where the item begins along it.
  positioned.eachBefore(({ data: item, x, y }) => {
    const size = sizeOf(item);
    const box = down ? { x: x - size.width / 2, y, ...size } : { x: y, y: x - size.height / 2, ...size };
    placed.push({ item, box });
  });
  return { placed, byId: new Map(placed.map(one => [one.item.id, one])), bounds: boundsOf(placed) };
}

export function sizeOf(item: Item): { width: number; height: number } {
  return item.kind === 'node' ? CARD : REFERENCE;
}

function boundsOf(placed: Placed[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { box } of placed) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export interface Curve {
  path: string;
  /** Where the operator's badge stands: just before the child. */
  badge: { x: number; y: number };
  /** Where the weight is written: beside the straight end, up to its end from left to right, from its side on downwards. */
  weight: { x: number; y: number };
}

/**
 * The line from the edge where a parent's children begin to the child's edge towards it. The lines to its siblings have
 * all turned away before the straight end begins: what stands beside that is crossed by none.
 */
export function curveBetween(parent: Box, child: Box, growth: Growth = 'right'): Curve {
  if (growth === 'down') {
    const from = { x: parent.x + parent.width / 2, y: parent.y + parent.height };
    const to = { x: child.x + child.width / 2, y: child.y };
    const turned = to.y - STRAIGHT.down;
    const bend = (from.y + turned) / 2;
    return {
      path: `M${from.x} ${from.y}C${from.x} ${bend} ${to.x} ${bend} ${to.x} ${turned}V${to.y}`,
      badge: { x: to.x, y: to.y - 17 },
      weight: { x: to.x + 14, y: to.y - 13 },
    };
  }
  const from = { x: parent.x + parent.width, y: parent.y + parent.height / 2 };
  const to = { x: child.x, y: child.y + child.height / 2 };
  const turned = to.x - STRAIGHT.right;
  const bend = (from.x + turned) / 2;
  return {
    path: `M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${turned} ${to.y}H${to.x}`,
    badge: { x: to.x - 17, y: to.y },
    weight: { x: to.x - 4, y: to.y - 17 },
  };
}
