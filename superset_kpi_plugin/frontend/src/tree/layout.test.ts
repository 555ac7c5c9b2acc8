import { expect, test } from 'vitest';
import { sample, wide } from '../../test/sample';
import { foldAll, unfoldAll } from './fold';
import { CARD, curveBetween, layOut, LEVEL_GAP, REFERENCE, type Placed } from './layout';
import { buildOutline } from './outline';
import { overlap } from './viewport';

function overlaps(placed: Placed[]): string[] {
  const found: string[] = [];
  placed.forEach((a, index) =>
    placed.slice(index + 1).forEach(b => {
      if (overlap(a.box, b.box)) found.push(`${a.item.id} × ${b.item.id}`);
    }),
  );
  return found;
}

test('nothing overlaps, references among cards included', () => {
  const { root } = buildOutline(sample().tree);
  expect(overlaps(layOut(root, unfoldAll).placed)).toEqual([]);
});

test('a child stands right of its parent, and the sizes are those of cards and references', () => {
  for (const { item, box } of layOut(buildOutline(sample().tree).root, unfoldAll).placed) {
    expect(box).toMatchObject(item.kind === 'node' ? CARD : REFERENCE);
    expect(box.x).toBe((item.level - 1) * (CARD.width + LEVEL_GAP));
  }
});

test('from the top down, a child stands below its parent and nothing overlaps', () => {
  const { root } = buildOutline(sample().tree);
  const { placed } = layOut(root, unfoldAll, 'down');
  expect(overlaps(placed)).toEqual([]);
  for (const { item, box } of placed) expect(box.y).toBe((item.level - 1) * (CARD.height + LEVEL_GAP));
  const { path, badge } = curveBetween({ x: 0, y: 0, width: 100, height: 40 }, { x: 200, y: 140, width: 100, height: 40 }, 'down');
  expect(path).toBe('M50 40C50 95 250 95 250 140');
  expect(badge).toEqual({ x: 250, y: 123 });
});

test('five hundred nodes: no overlap, the same twice, and quick', () => {
  const { root } = buildOutline(wide(500));
  const started = performance.now();
  const first = layOut(root, unfoldAll);
  expect(performance.now() - started).toBeLessThan(300);
  expect(first.placed).toHaveLength(500);
  expect(overlaps(first.placed)).toEqual([]);
  expect(layOut(root, unfoldAll).placed).toEqual(first.placed);
});

test('a folded tree is its root alone', () => {
  const outline = buildOutline(sample().tree);
  const { placed, bounds } = layOut(outline.root, foldAll(outline));
  expect(placed).toHaveLength(1);
  expect(bounds).toEqual(placed[0]!.box);
});

test('no root, no layout', () => {
  expect(layOut(null, unfoldAll).placed).toEqual([]);
});

test('a curve goes from the right edge of the parent to the left edge of the child', () => {
  const { path, badge } = curveBetween({ x: 0, y: 0, width: 100, height: 40 }, { x: 200, y: 100, width: 100, height: 40 });
  expect(path).toBe('M100 20C155 20 155 120 200 120');
  expect(badge).toEqual({ x: 183, y: 120 });
});
