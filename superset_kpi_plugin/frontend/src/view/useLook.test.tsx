import React from 'react';
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { wide } from '../../test/sample';
import { unfoldAll } from '../tree/fold';
import { layOut } from '../tree/layout';
import { buildOutline, type Item } from '../tree/outline';
import { contains, firstLook, inSight, type Size, type View } from '../tree/viewport';
import { useLook } from './useLook';
import type { Scene } from './useTreeActions';
import type { Camera } from './useZoom';

const WHOLE = { width: 1400, height: 700 };
const BESIDE_PANEL = { width: 980, height: 700 };

const outline = buildOutline(wide(60));
const root = outline.root as Item;
const layout = layOut(root, unfoldAll, 'down');
const first = firstLook(layout.bounds, layout.placed[0]!.box, WHOLE);
/** The rightmost card that the first look shows. */
const { item, box } = layout.placed.filter(({ box: one }) => contains(inSight(first, WHOLE), one)).reduce((a, b) => (b.box.x > a.box.x ? b : a));
const CHOSEN = item.id;

/** A canvas looked at by a person (`held`), or by nobody yet. */
function opened(held: boolean, at?: View) {
  let view: View = at ?? { x: 0, y: 0, k: 1 };
  const camera = { view: () => view, moveTo: (next: View) => void (view = next), held: () => held } as Camera;
  function Probe({ size, chosen }: { size: Size; chosen: string | null }) {
    useLook({ root, outline, folded: unfoldAll, layout, growth: 'down', size, camera } as Scene, undefined, chosen);
    return null;
  }
  const shown = render(<Probe size={WHOLE} chosen={null} />);
  return {
    see: (size: Size, chosen: string | null) => shown.rerender(<Probe size={size} chosen={chosen} />),
    view: () => view,
    move: (next: View) => void (view = next),
  };
}

/** Such that the chosen card ends at the right edge of the canvas. */
const AT_THE_EDGE: View = { k: 1, x: WHOLE.width - 30 - box.x - box.width, y: 40 - box.y };

test('beside an opened panel the chosen card stays in sight, and the view comes back when it closes', () => {
  const canvas = opened(true, AT_THE_EDGE);
  canvas.see(WHOLE, CHOSEN);
  canvas.see(BESIDE_PANEL, CHOSEN);
  expect(contains(inSight(canvas.view(), BESIDE_PANEL), box)).toBe(true);
  expect(canvas.view().k).toBe(AT_THE_EDGE.k);
  canvas.see(WHOLE, null);
  expect(canvas.view()).toEqual(AT_THE_EDGE);
});

test('a view that was moved beside the panel stays as it is when the panel closes', () => {
  const canvas = opened(true, AT_THE_EDGE);
  canvas.see(WHOLE, CHOSEN);
  canvas.see(BESIDE_PANEL, CHOSEN);
  const moved = { ...canvas.view(), x: canvas.view().x - 55 };
  canvas.move(moved);
  canvas.see(WHOLE, null);
  expect(canvas.view()).toEqual(moved);
});

test('what was out of sight is not fetched by another size', () => {
  const canvas = opened(true, { k: 1, x: 0, y: 0 });
  canvas.see(WHOLE, CHOSEN);
  canvas.move({ k: 1, x: -9000, y: 0 });
  canvas.see(BESIDE_PANEL, CHOSEN);
  expect(canvas.view()).toEqual({ k: 1, x: -9000, y: 0 });
});

test('a tree that nobody has moved is looked at anew, its chosen card in sight', () => {
  const canvas = opened(false);
  expect(canvas.view()).toEqual(first);
  canvas.see(WHOLE, CHOSEN);
  canvas.see(BESIDE_PANEL, CHOSEN);
  expect(contains(inSight(canvas.view(), BESIDE_PANEL), box)).toBe(true);
  expect(canvas.view().k).toBe(first.k);
  canvas.see(WHOLE, null);
  expect(canvas.view()).toEqual(first);
});

test('what is chosen beside the canvas comes into sight, as near as it was looked at', () => {
  const canvas = opened(true, { k: 1, x: -9000, y: 0 });
  canvas.see(WHOLE, CHOSEN);
  expect(contains(inSight(canvas.view(), WHOLE), box)).toBe(true);
  expect(canvas.view().k).toBe(1);
});
