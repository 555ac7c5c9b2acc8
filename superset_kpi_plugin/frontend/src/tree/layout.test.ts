import { expect, test } from 'vitest';
import { link, node, sample, wide } from '../../test/sample';
import { foldAll, unfoldAll } from './fold';
import { CARD, curveBetween, layOut, LEVEL_GAP, REFERENCE, STRAIGHT, type Growth, type Placed } from './layout';
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
    expect(box.x).toBe((item.level - 1) * (CARD.width + LEVEL_GAP.right));
  }
});

test('from the top down, a child stands below its parent and nothing overlaps', () => {
  const { root } = buildOutline(sample().tree);
  const { placed } = layOut(root, unfoldAll, 'down');
  expect(overlaps(placed)).toEqual([]);
  for (const { item, box } of placed) expect(box.y).toBe((item.level - 1) * (CARD.height + LEVEL_GAP.down));
  const { path, badge } = curveBetween({ x: 0, y: 0, width: 100, height: 40 }, { x: 200, y: 140, width: 100, height: 40 }, 'down');
  expect(path).toBe('M50 40C50 60 250 60 250 80V140');
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
  expect(path).toBe('M100 20C102 20 102 120 104 120H200');
  expect(badge).toEqual({ x: 183, y: 120 });
});

test.each(['right', 'down'] as Growth[])('grown %s, no line comes where another’s weight is written', growth => {
  const children = Array.from({ length: 40 }, (_, index) => node(`c${index}`));
  const links = children.map((child, index) => link('n0', child.key, index, '+'));
  const { placed } = layOut(buildOutline({ ...wide(1), nodes: [node('n0'), ...children], links }).root, unfoldAll, growth);
  const lines = placed.slice(1).map(({ box }) => curveBetween(placed[0]!.box, box, growth));
  const points = lines.map(({ path }) => through(path, growth));
  lines.forEach(({ weight }, index) => {
    const left = growth === 'down' ? weight.x : weight.x - 92;
    const inRoom = ({ x, y }: { x: number; y: number }) => x > left && x < left + 92 && y > weight.y - 15 && y < weight.y + 4;
    const crossing = points.filter((line, other) => other !== index && line.some(inRoom));
    expect(crossing).toEqual([]);
  });
});

/** Points along a line: of its curve, and of the straight end. */
function through(path: string, growth: Growth): { x: number; y: number }[] {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = path.match(/-?[\d.]+/g)!.map(Number) as [number, number, number, number, number, number, number, number];
  const at = (t: number, a: number, b: number, c: number, d: number) => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t ** 3 * d;
  return Array.from({ length: 200 }, (_, index) => index / 100).map(t => {
    if (t <= 1) return { x: at(t, x0, x1, x2, x3), y: at(t, y0, y1, y2, y3) };
    return growth === 'down' ? { x: x3, y: y3 + (t - 1) * STRAIGHT.down } : { x: x3 + (t - 1) * STRAIGHT.right, y: y3 };
  });
}
