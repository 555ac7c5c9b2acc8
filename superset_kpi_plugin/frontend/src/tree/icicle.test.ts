import { expect, test } from 'vitest';
import { link, node, sample, wide } from '../../test/sample';
import { foldAll, unfoldAll } from './fold';
import { icicle } from './icicle';
import { buildOutline } from './outline';
import { overlap } from './viewport';

const room = { width: 900, height: 600 };
const weighed = (weights: number[]) =>
  buildOutline({
    root: 'r',
    nodes: [node('r'), ...weights.map((_, index) => node(`c${index}`))],
    links: weights.map((weight, index) => ({ ...link('r', `c${index}`, index, '+' as const), weight })),
  }).root!;
const heights = (weights: number[]) => icicle(weighed(weights), unfoldAll, room).placed.slice(1).map(({ box }) => box.height);

test('children share their parent’s height by weight, in their order, and fill it', () => {
  expect(heights([3, 1])).toEqual([450, 150]);
  const { placed } = icicle(weighed([3, 1]), unfoldAll, room);
  expect(placed.map(({ box }) => [box.x, box.y])).toEqual([[0, 0], [450, 0], [450, 450]]);
});

test('without any weight all are alike; one without weight among others keeps a sliver', () => {
  expect(heights([0, 0])).toEqual([300, 300]);
  const [large, none] = heights([1, 0]);
  expect(none).toBeGreaterThanOrEqual(11);
  expect(large! / none!).toBeCloseTo(50);
});

test('cells never overlap, and grow beyond the room where their words could not be read', () => {
  const many = icicle(buildOutline(wide(80)).root!, unfoldAll, room);
  expect(many.size.height).toBeGreaterThan(room.height);
  expect(Math.min(...many.placed.map(({ box }) => box.height))).toBeGreaterThanOrEqual(25.9);
  for (const [index, one] of many.placed.entries()) {
    const inside = { x: one.box.x + 0.01, y: one.box.y + 0.01, width: one.box.width - 0.02, height: one.box.height - 0.02 };
    expect(many.placed.slice(index + 1).filter(other => overlap(inside, other.box))).toEqual([]);
  }
});

test('a folded branch is one cell', () => {
  const outline = buildOutline(sample().tree);
  expect(icicle(outline.root!, foldAll(outline), room).placed).toHaveLength(1);
});
