import { expect, test } from 'vitest';
import { toldRange } from './RangeButton';
import { periodBeside, readRange, stepped, writeRange, type Range } from './range';

test.each<[string, Range]>([
  ['Last 30 days', { kind: 'last', count: 30, unit: 'day' }],
  ['Last 3 quarters', { kind: 'last', count: 3, unit: 'quarter' }],
  ['2026-07-01 : 2026-10-01', { kind: 'between', since: '2026-07-01', until: '2026-10-01' }],
])('%s is read and written in Superset’s words', (words, range) => {
  expect(readRange(words)).toEqual(range);
  expect(writeRange(range)).toBe(words);
});

test('Superset’s shorter and longer ways to say the same are known; its others are left to the server', () => {
  expect(readRange('Last month')).toEqual({ kind: 'last', count: 1, unit: 'month' });
  expect(readRange('2026-07-01T00:00:00 : 2026-07-02T00:00:00')).toEqual({ kind: 'between', since: '2026-07-01', until: '2026-07-02' });
  for (const words of ['previous calendar month', 'Last 0 days', '2026-07-01 : now', '']) expect(readRange(words)).toBeNull();
});

test('a range is said as one says it, a single unit without its number', () => {
  expect(['Last 1 days', 'last year', 'Last 2 weeks', 'today'].map(toldRange)).toEqual(['Last day', 'Last year', 'Last 2 weeks', 'today']);
});

test('one steps by whole months where they are whole, else by as many days', () => {
  const at = (since: string, until: string, ahead: boolean) => writeRange(stepped({ since, until }, ahead));
  expect(at('2026-02-01', '2026-03-01', true)).toBe('2026-03-01 : 2026-04-01');
  expect(at('2026-07-01', '2026-10-01', false)).toBe('2026-04-01 : 2026-07-01');
  expect(at('2026-10-05', '2026-10-12', false)).toBe('2026-09-28 : 2026-10-05');
});

test('a step goes from the period that is asked for by a day, though another one is still shown', () => {
  const october = { since: '2026-10-01', until: '2026-11-01' };
  expect(periodBeside('month', '', october, true)).toBe('2026-11-01');
  expect(periodBeside('month', '', october, false)).toBe('2026-09-30');
  expect(periodBeside('month', '2026-09-30', october, false)).toBe('2026-08-30');
  expect(periodBeside('month', '2026-11-01', october, true)).toBe('2026-12-01');
  expect(periodBeside('quarter', '2026-12-31', october, false)).toBe('2026-09-30');
  expect(periodBeside('week', '2026-10-05', october, true)).toBe('2026-10-12');
  expect(periodBeside('year', '2026-01-01', undefined, true)).toBe('2027-01-01');
});

test('a period that has a name is stepped from where the server says that it is', () => {
  const sale = { since: '2026-11-20', until: '2026-12-01' };
  expect(periodBeside('custom', '2026-11-20', sale, true)).toBe('2026-12-01');
  expect(periodBeside('quarter', '2026-Q4', { since: '2026-10-01', until: '2027-01-01' }, true)).toBe('2027-01-01');
  expect(periodBeside('custom', 'Sale', undefined, true)).toBeNull();
});
