import { expect, test } from 'vitest';
import { sparkline } from './sparkline';

const size = { width: 100, height: 20 };

test('the lowest stands at the bottom, the highest at the top, targets on the same scale', () => {
  const drawn = sparkline([0, 5, 10], [10, 10, 10], false, size)!;
  expect(drawn.actual).toBe('M0 20L50 10L100 0');
  expect(drawn.target).toBe('M0 0L50 0L100 0');
  expect(drawn.last).toEqual({ x: 100, y: 0 });
});

test('breaks where a number is undefined, and never draws it as zero', () => {
  const drawn = sparkline([4, null, 2, 2, null], [null, null, null, null, null], false, size)!;
  expect(drawn.actual).toBe('M0 0M50 20L75 20');
  expect(drawn.dots).toEqual([{ x: 0, y: 0 }]);
  expect(drawn.last).toBeNull();
  expect(drawn.target).toBe('');
});

test('the way to a period that still runs is told apart', () => {
  expect(sparkline([1, 2, 0], [], true, size)).toMatchObject({ actual: 'M0 10L50 0', running: 'M50 0L100 20' });
  expect(sparkline([1, null, 0], [], true, size)!.running).toBe('');
  expect(sparkline([1, 2], [], false, size)!.running).toBe('');
});

test('what never changes runs in the middle; the largest numbers do not overflow; nothing known draws nothing', () => {
  expect(sparkline([3, 3], [], false, size)!.actual).toBe('M0 10L100 10');
  expect(sparkline([-1.7e308, 1.7e308], [], false, size)!.actual).toBe('M0 20L100 0');
  expect(sparkline([7], [], false, size)!.last).toEqual({ x: 50, y: 10 });
  expect(sparkline([null, null], [1, 2], false, size)).toBeNull();
});
