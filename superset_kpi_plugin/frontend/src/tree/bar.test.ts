import { expect, test } from 'vitest';
import { node, result } from '../../test/sample';
import { barPosition, expectedPosition, TARGET_POSITION } from './bar';

test('the scale runs from zero to a fifth beyond the target and stops there', () => {
  expect(barPosition(1)).toBeCloseTo(TARGET_POSITION);
  expect(barPosition(-3)).toBe(0);
  expect(barPosition(7)).toBe(1);
});

test('expected by now is drawn only where it lies on the same scale as attainment', () => {
  const paced = result('on_track', { expected: 50, target: 100 });
  expect(expectedPosition(node('a'), paced)).toBeCloseTo(0.5 / 1.2);
  expect(expectedPosition(node('a', { direction: 'decrease' }), paced)).toBeNull();
  expect(expectedPosition(node('a'), { ...paced, baseline: 20 })).toBeNull();
  expect(expectedPosition(node('a'), { ...paced, expected: null })).toBeNull();
  expect(expectedPosition(node('a'), { ...paced, target: 0 })).toBeNull();
  expect(expectedPosition(node('a'), { ...paced, expected: 100 })).toBeNull();
});
