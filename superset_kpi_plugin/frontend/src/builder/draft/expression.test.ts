import { expect, test } from 'vitest';
import { formulaWithout } from './expression';

const left = (formula: string, gone: string[], formulas: Record<string, string> = {}) =>
  formulaWithout(formula, new Set(gone), new Map(Object.entries(formulas)));

test.each([
  ['new + repeat - refunds', ['refunds'], 'new + repeat'],
  ['new + repeat - refunds', ['new'], 'repeat - refunds'],
  ['a - b + c', ['a'], 'c - b'],
  ['a + b * c', ['b', 'c'], 'a'],
  ['a + 0.5 * b', ['b'], 'a'],
  ['(a + b) * c', ['b'], 'a * c'],
  ['a - (b + c + d)', ['c'], 'a - (b + d)'],
  ['x / (a * b + c)', ['c'], 'x / (a * b)'],
])('%s without %s is %s', (formula, gone, expected) => {
  expect(left(formula, gone)).toBe(expected);
});

test.each([
  ['orders * value', ['value']],
  ['a / b', ['a']],
  ['a + b * c', ['c']],
  ['a - b', ['a']],
  ['a + b', ['a', 'b']],
  ['a + 5', ['a']],
  ['a + (b', ['a']],
  ['a b', ['a']],
])('nobody can say what %s is without %s', (formula, gone) => {
  expect(left(formula, gone)).toBeNull();
});

test('what a key is made of takes its place', () => {
  expect(left('orders * value', ['orders'], { orders: 'visits * rate' })).toBe('visits * rate * value');
  expect(left('value / orders', ['orders'], { orders: 'visits * rate' })).toBe('value / (visits * rate)');
  expect(left('a * b', ['b', 'c'], { b: 'c - d', c: 'x + y' })).toBe('a * (x + y - d)');
  expect(left('a - b', ['b'], { b: 'c + d' })).toBe('a - (c + d)');
  // Of two that name each other, neither can.
  expect(left('a * b', ['b', 'c'], { b: 'c', c: 'b' })).toBeNull();
});

test('a long sum is no deep one', () => {
  const keys = Array.from({ length: 5000 }, (_, index) => `k${index}`);
  expect(left(keys.join(' + '), ['k4999'])).toBe(keys.slice(0, -1).join(' + '));
});
