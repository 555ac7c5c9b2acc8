import { expect, test } from 'vitest';
import { sample } from '../../test/sample';
import { foldAll, foldFrom, unfoldAll, type Folded } from './fold';
import { moveFor } from './navigate';
import { buildOutline, descend } from './outline';

const outline = buildOutline(sample().tree);
const root = outline.root!;
const press = (key: string, id: string, folded: Folded = unfoldAll) =>
  moveFor(key, descend(root).find(item => item.id === id)!, root, folded);

test('up, down, home and end walk what is in sight', () => {
  expect(press('ArrowDown', 'orders')).toEqual({ kind: 'focus', id: 'visits' });
  expect(press('ArrowDown', 'orders', foldFrom(outline, 2))).toEqual({ kind: 'focus', id: 'value' });
  expect(press('ArrowUp', 'orders')).toEqual({ kind: 'focus', id: 'revenue' });
  expect(press('ArrowUp', 'revenue')).toBeNull();
  expect(press('Home', 'value')).toEqual({ kind: 'focus', id: 'revenue' });
  expect(press('End', 'value')).toEqual({ kind: 'focus', id: 'satisfaction→visits' });
});

test('right unfolds, then enters; left folds, then leaves', () => {
  expect(press('ArrowRight', 'revenue', foldAll(outline))).toEqual({ kind: 'toggle', id: 'revenue' });
  expect(press('ArrowRight', 'revenue')).toEqual({ kind: 'focus', id: 'orders' });
  expect(press('ArrowRight', 'value')).toBeNull();
  expect(press('ArrowLeft', 'orders')).toEqual({ kind: 'toggle', id: 'orders' });
  expect(press('ArrowLeft', 'value')).toEqual({ kind: 'focus', id: 'revenue' });
});

test('enter folds a branch, opens a leaf and follows a reference; space opens any', () => {
  expect(press('Enter', 'orders')).toEqual({ kind: 'toggle', id: 'orders' });
  expect(press('Enter', 'value')).toEqual({ kind: 'select', key: 'value' });
  expect(press(' ', 'orders')).toEqual({ kind: 'select', key: 'orders' });
  expect(press('Enter', 'satisfaction→visits')).toEqual({ kind: 'jump', key: 'visits' });
  expect(press('x', 'orders')).toBeNull();
});
