import { expect, test } from 'vitest';
import { maskFor, selectionOf } from './crossFilter';

test('a member is filtered by as the host’s own charts do, and shown by its name', () => {
  const mask = maskFor(null, { column: 'region', member: 'North' }, 'North');
  expect(mask.extraFormData.filters).toEqual([{ col: 'region', op: 'IN', val: ['North'] }]);
  expect(mask.filterState).toMatchObject({ value: ['North'], selectedValues: ['North'], label: 'North' });
  expect(selectionOf(mask.filterState)).toEqual({ column: 'region', member: 'North' });
});

test('the rows that have no member are asked for as such', () => {
  const mask = maskFor(null, { column: 'region', member: null }, 'None');
  expect(mask.extraFormData.filters).toEqual([{ col: 'region', op: 'IS NULL' }]);
  expect(selectionOf(mask.filterState)).toEqual({ column: 'region', member: null });
});

test('what is chosen already is let go, and the same name of another column is another member', () => {
  const north = { column: 'region', member: 'North' };
  expect(maskFor(north, north, 'North')).toEqual({ extraFormData: { filters: [] }, filterState: { value: null, selectedValues: null } });
  expect(maskFor(north, { column: 'team', member: 'North' }, 'North').extraFormData.filters).toHaveLength(1);
});

test.each([undefined, {}, { value: null, selectedValues: null }, { column: 'region', selectedValues: [] }])('%j filters by nothing', state => {
  expect(selectionOf(state)).toBeNull();
});
