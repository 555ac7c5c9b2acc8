import { expect, test } from 'vitest';
import { bringIntoSight, contains, fit, firstLook, inSight, isNear, keepInPlace, SCALE, type View } from './viewport';

const size = { width: 600, height: 400 };
const root = { x: 0, y: 450, width: 200, height: 100 };

test('fits all of it, and lets a small tree grow a little', () => {
  const bounds = { x: -50, y: -100, width: 2000, height: 1000 };
  expect(contains(inSight(fit(bounds, size), size), bounds)).toBe(true);
  expect(fit({ x: 0, y: 0, width: 10, height: 10 }, size).k).toBe(1.28);
  expect(fit({ x: 0, y: 0, width: 1e7, height: 10 }, size).k).toBe(SCALE.min);
});

test('first looks at everything where that can be read, else at the root', () => {
  const small = { x: 0, y: 400, width: 500, height: 200 };
  expect(firstLook(small, root, size)).toEqual(fit(small, size));
  const view = firstLook({ x: 0, y: 0, width: 5000, height: 1000 }, root, size);
  expect(view.k).toBeGreaterThanOrEqual(0.5);
  expect(contains(inSight(view, size), root)).toBe(true);
});

test('the first look at a tall tree comes as close as its columns allow', () => {
  const tall = (width: number) => ({ x: 0, y: 0, width, height: 5000 });
  expect(firstLook(tall(500), root, size).k).toBe(0.64);
  expect(firstLook(tall(1000), root, size).k).toBeCloseTo(560 / 1000);
  expect(firstLook(tall(2000), root, size).k).toBe(0.5);
});

test('the first look leaves no room empty while something is cut off', () => {
  const bounds = { x: 0, y: 0, width: 5000, height: 2000 };
  const view = firstLook(bounds, { x: 0, y: 1880, width: 200, height: 100 }, size);
  expect(bounds.height * view.k + view.y).toBeCloseTo(size.height - 20);
});

test('the first look at a wide tree has its root in the middle, and a tree to the right begins at its root', () => {
  const top = { x: 2400, y: 0, width: 200, height: 100 };
  const view = firstLook({ x: 0, y: 0, width: 5000, height: 300 }, top, size);
  expect((top.x + top.width / 2) * view.k + view.x).toBeCloseTo(size.width / 2);
  expect(firstLook({ x: 0, y: 0, width: 5000, height: 1000 }, root, size).x).toBe(20);
});

test('brings a box into sight, and leaves alone what already is', () => {
  const view: View = { x: 0, y: 0, k: 1 };
  const far = { x: 900, y: -300, width: 100, height: 50 };
  expect(contains(inSight(bringIntoSight(view, far, size), size), far)).toBe(true);
  expect(bringIntoSight(view, { x: 100, y: 100, width: 100, height: 50 }, size)).toEqual(view);
});

test('keeps a box where it was on the screen', () => {
  const view: View = { x: 5, y: 7, k: 0.5 };
  const [before, after] = [{ ...root, y: 10 }, { ...root, y: 110 }];
  const moved = keepInPlace(view, before, after);
  expect(after.y * moved.k + moved.y).toBe(before.y * view.k + view.y);
});

test('what is far away is gone to without a flight over all that lies between', () => {
  const here = { x: 0, y: 0, k: 1 };
  expect(isNear(here, { x: -600, y: 0, k: 1 }, size)).toBe(true);
  expect(isNear(here, { x: 0, y: -4000, k: 1 }, size)).toBe(false);
  expect(isNear(here, { x: 150, y: 100, k: 0.5 }, size)).toBe(true);
  expect(isNear(here, { x: 0, y: 0, k: 0.01 }, size)).toBe(false);
});
