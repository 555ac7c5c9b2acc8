import { expect, test } from 'vitest';
import { densityAt, FACE } from './density';
import { CARD } from './layout';

test('the nearer, the more a card tells', () => {
  expect([0.01, 0.1, 0.3, 0.64, 0.7, 1, 1.28].map(densityAt)).toEqual(['dot', 'speck', 'compact', 'compact', 'standard', 'standard', 'detail']);
});

test('every face fills the same box', () => {
  for (const { width, height } of Object.values(FACE)) expect(width / height).toBeCloseTo(CARD.width / CARD.height, 2);
});
