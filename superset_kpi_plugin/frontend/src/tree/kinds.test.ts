import { expect, test } from 'vitest';
import { link, node, wide } from '../../test/sample';
import { foldFrom, unfoldAll } from './fold';
import { layoutFor } from './kinds';
import { buildOutline } from './outline';

const outline = buildOutline({
  root: 'r',
  nodes: ['r', 'a', 'b', 'c', 'd'].map(key => node(key)),
  links: ['a', 'b', 'c', 'd'].map((key, index) => link('r', key, index, '+')),
});
const auto = (width: number, height: number) => layoutFor('auto', outline.root, unfoldAll, { width, height });

test('left to the room there is: down where that is read larger, right where not, the outline on a phone', () => {
  expect(auto(1400, 560)).toBe('down');
  expect(auto(800, 900)).toBe('right');
  expect(auto(390, 800)).toBe('outline');
});

test('a tree that cannot be read whole either way grows to the right; what is chosen is drawn', () => {
  const large = buildOutline(wide(200));
  expect(layoutFor('auto', large.root, foldFrom(large, 3), { width: 1400, height: 560 })).toBe('right');
  expect(layoutFor('icicle', large.root, unfoldAll, { width: 300, height: 300 })).toBe('icicle');
});
