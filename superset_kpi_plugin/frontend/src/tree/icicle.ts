/** The tree as an icicle: every node as tall as its share of the weight, its drivers right of it. */
import { hierarchy, partition } from 'd3-hierarchy';
import { shown, type Folded } from './fold';
import type { Placed } from './layout';
import type { Item } from './outline';
import type { Size } from './viewport';

/** What the smallest cell must have for its words to be read. */
const ROW = 26;
const COLUMN = 150;
/** A driver without weight still is one: it gets this share of its siblings' room. */
const SLIVER = 0.02;

export interface Icicle {
  placed: Placed[];
  size: Size;
}

/** In the room given, or larger where its cells could not be read. */
export function icicle(root: Item, folded: Folded, room: Size): Icicle {
  const shares = new Map<string, number>();
  const divide = (item: Item, share: number): void => {
    const children = shown(item, folded);
    if (!children.length) shares.set(item.id, share);
    const weights = weightsOf(children);
    children.forEach((child, index) => divide(child, share * weights[index]!));
  };
  divide(root, 1);
  const nodes = hierarchy(root, item => shown(item, folded)).sum(item => shares.get(item.id) ?? 0);
  const levels = nodes.height + 1;
  const smallest = Math.min(...shares.values());
  const size = {
    width: Math.max(room.width, levels * COLUMN),
    height: Math.max(room.height, Math.min(ROW / smallest, shares.size * ROW * 4)),
  };
  const placed: Placed[] = [];
  partition<Item>().size([size.height, size.width])(nodes).each(({ data, x0, x1, y0, y1 }) => {
    placed.push({ item: data, box: { x: y0, y: x0, width: y1 - y0, height: x1 - x0 } });
  });
  return { placed, size };
}

/** Each child's share of its parent; equal where no child has any weight. */
function weightsOf(children: Item[]): number[] {
  const given = children.map(({ link }) => Math.max(link?.weight ?? 0, 0));
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const seen = total > 0 ? given.map(weight => Math.max(weight / total, SLIVER)) : given.map(() => 1);
  const all = seen.reduce((sum, weight) => sum + weight, 0);
  return seen.map(weight => weight / all);
}
