/** What part of the canvas is seen, and how to see another. A view maps canvas to screen: screen = canvas × k + (x, y). */
import type { Box } from './layout';

export interface View {
  x: number;
  y: number;
  k: number;
}

export interface Size {
  width: number;
  height: number;
}

export const SCALE = { min: 0.01, max: 2 };
const PADDING = 20;
/** Below this, numbers on cards cannot be read. */
export const READABLE = 0.5;
/** Here they are read with ease: a first look that cannot show the whole tree anyway comes as close as this. */
const COMFORTABLE = 0.64;
/** A small tree grows until its cards tell everything. */
const LARGEST = 1.28;

/** The whole tree, as large as fits and is of any use. */
export function fit(bounds: Box, size: Size): View {
  const scale = Math.min(
    (size.width - 2 * PADDING) / Math.max(bounds.width, 1),
    (size.height - 2 * PADDING) / Math.max(bounds.height, 1),
    LARGEST,
  );
  const k = Math.max(scale, SCALE.min);
  return {
    k,
    x: (size.width - bounds.width * k) / 2 - bounds.x * k,
    y: (size.height - bounds.height * k) / 2 - bounds.y * k,
  };
}

/** The first look: the whole tree where it can be read, else what can be read around the root, all columns if possible. */
export function firstLook(bounds: Box, root: Box, size: Size): View {
  const whole = fit(bounds, size);
  if (whole.k >= READABLE) return whole;
  const columns = (size.width - 2 * PADDING) / Math.max(bounds.width, 1);
  const k = Math.min(Math.max(columns, READABLE), COMFORTABLE);
  return {
    k,
    x: along(size.width / 2 - (root.x + root.width / 2) * k, bounds.x * k, bounds.width * k, size.width),
    y: along(size.height / 2 - (root.y + root.height / 2) * k, bounds.y * k, bounds.height * k, size.height),
  };
}

/** The wanted offset, but centred where all fits, and without empty room at one end while the other is cut off. */
function along(wanted: number, start: number, length: number, room: number): number {
  if (length <= room - 2 * PADDING) return (room - length) / 2 - start;
  return Math.min(Math.max(wanted, room - PADDING - start - length), PADDING - start);
}

/** Moves as little as needed for this box to be in sight. */
export function bringIntoSight(view: View, box: Box, size: Size): View {
  const shift = (start: number, length: number, room: number) => {
    const before = PADDING - start;
    const after = room - PADDING - (start + length);
    if (before > 0 || length > room - 2 * PADDING) return before;
    return Math.min(after, 0);
  };
  return {
    k: view.k,
    x: view.x + shift(box.x * view.k + view.x, box.width * view.k, size.width),
    y: view.y + shift(box.y * view.k + view.y, box.height * view.k, size.height),
  };
}

/** Moves the canvas so that a box that has jumped from one place to another stays put on the screen. */
export function keepInPlace(view: View, before: Box, after: Box): View {
  return { k: view.k, x: view.x + (before.x - after.x) * view.k, y: view.y + (before.y - after.y) * view.k };
}

/** So many screens far, or so much larger or smaller, and a flight there would only show a blur of all that lies between. */
const FLIGHT = { screens: 3, factor: 8 };

/** Whether one view is so near another that moving there smoothly shows the way. */
export function isNear(from: View, to: View, { width, height }: Size): boolean {
  const middle = ({ x, y, k }: View) => [(width / 2 - x) / k, (height / 2 - y) / k] as const;
  const [[x1, y1], [x2, y2]] = [middle(from), middle(to)];
  const screens = (Math.hypot(x2 - x1, y2 - y1) * Math.min(from.k, to.k)) / Math.max(Math.min(width, height), 1);
  return screens <= FLIGHT.screens && Math.max(to.k / from.k, from.k / to.k) <= FLIGHT.factor;
}

/** The part of the canvas on the screen, with a margin of that share of it on every side. */
export function inSight(view: View, size: Size, margin = 0): Box {
  const [width, height] = [size.width / view.k, size.height / view.k];
  return {
    x: -view.x / view.k - width * margin,
    y: -view.y / view.k - height * margin,
    width: width * (1 + 2 * margin),
    height: height * (1 + 2 * margin),
  };
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
