import { expect, test } from 'vitest';
import { sample } from '../../test/sample';
import { foldAll, foldFrom, reveal, toggle, unfoldAll, visible, type Folded } from './fold';
import { buildOutline } from './outline';

const outline = buildOutline(sample().tree);
const ids = (folded: Folded) => visible(outline.root, folded).map(item => item.id);

test('folds branches from a level on', () => {
  expect(ids(foldFrom(outline, 2))).toEqual(['revenue', 'orders', 'value', 'satisfaction']);
  expect(ids(foldFrom(outline, Infinity))).toEqual(ids(unfoldAll));
});

test('folding all leaves the root, unfolding all shows every item', () => {
  expect(ids(foldAll(outline))).toEqual(['revenue']);
  expect(ids(unfoldAll)).toHaveLength(6);
});

test('toggling twice changes nothing and the set given is left alone', () => {
  const before = foldAll(outline);
  const once = toggle(before, 'revenue');
  expect(before.has('revenue')).toBe(true);
  expect([...toggle(once, 'revenue')].sort()).toEqual([...before].sort());
});

test('reveals a node by unfolding what is above it and nothing else', () => {
  const revealed = reveal(outline, foldAll(outline), 'visits');
  expect(ids(revealed)).toEqual(['revenue', 'orders', 'visits', 'value', 'satisfaction']);
});
