/** Where every visible item stands: a tidy tree from left to right. */
import { hierarchy, tree as tidy } from 'd3-hierarchy';
import { shown, type Folded } from './fold';
import type { Item } from './outline';

export const CARD = { width: 264, height: 142 };
export const REFERENCE = { width: 200, height: 36 };
const COLUMN_GAP = 84;
const ROW_GAP = 20;
const FAMILY_GAP = 36;

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

export function layOut(root: Item | null, folded: Folded): Layout {
  if (!root) return { placed: [], byId: new Map(), bounds: { x: 0, y: 0, width: 0, height: 0 } };
  const positioned = tidy<Item>()
    .nodeSize([1, CARD.width + COLUMN_GAP])
    .separation((a, b) => {
      const gap = a.parent === b.parent ? ROW_GAP : FAMILY_GAP;
      return (sizeOf(a.data).height + sizeOf(b.data).height) / 2 + gap;
    })(hierarchy(root, item => shown(item, folded)));
  const placed: Placed[] = [];
  // d3 lays out downwards: its x is our y, the middle of the item, and its y our x.
  positioned.eachBefore(({ data: item, x, y }) => {
    const size = sizeOf(item);
    placed.push({ item, box: { x: y, y: x - size.height / 2, ...size } });
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
}

/** The line from a parent's right edge to its child's left edge. */
export function curveBetween(parent: Box, child: Box): Curve {
  const from = { x: parent.x + parent.width, y: parent.y + parent.height / 2 };
  const to = { x: child.x, y: child.y + child.height / 2 };
  const bend = from.x + (to.x - from.x) * 0.55;
  return {
    path: `M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}`,
    badge: { x: to.x - 17, y: to.y },
  };
}
