import { expect, test } from 'vitest';
import { sample } from '../../test/sample';
import { columnsFor, nextSort, rowsOf, type ColumnId } from './columns';
import { factsOf } from './facts';
import { unfoldAll } from './fold';
import { buildOutline } from './outline';

const evaluation = sample();
const { root } = buildOutline(evaluation.tree);
const rows = (column: ColumnId, descending = false) =>
  rowsOf(root!, unfoldAll, { column, descending }, factsOf(evaluation)).map(({ id }) => id);

test('a sort orders siblings and keeps every driver under its parent; the undefined comes last both ways', () => {
  expect(rows('attainment')).toEqual(['revenue', 'orders', 'visits', 'value', 'satisfaction', 'satisfaction→visits']);
  expect(rows('actual')).toEqual(['revenue', 'satisfaction', 'satisfaction→visits', 'orders', 'visits', 'value']);
  expect(rows('actual', true)).toEqual(['revenue', 'orders', 'visits', 'satisfaction', 'satisfaction→visits', 'value']);
  expect(rows('name', true)[1]).toBe('value');
});

test('a column sorts upwards, downwards, and then not at all', () => {
  const first = nextSort(null, 'actual');
  expect(first).toEqual({ column: 'actual', descending: false });
  expect(nextSort(first, 'actual')).toEqual({ column: 'actual', descending: true });
  expect(nextSort(nextSort(first, 'actual'), 'actual')).toBeNull();
  expect(nextSort(first, 'name')).toEqual({ column: 'name', descending: false });
});

test('a narrow table keeps name, actual and attainment; a wide one shows all', () => {
  expect(columnsFor(300).map(({ id }) => id)).toEqual(['name', 'actual', 'attainment']);
  expect(columnsFor(2000)).toHaveLength(12);
});
