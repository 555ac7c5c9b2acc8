import React from 'react';
import { act, render } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Layout, Placed } from '../tree/layout';
import type { Item } from '../tree/outline';
import { useCulling, type Culling } from './useCulling';

const SIZE = { width: 1000, height: 800 };
const AT_ROOT = { x: 0, y: 0, k: 1 };

/** Cards below one another, 200 apart. */
function column(count: number): Layout {
  const placed: Placed[] = Array.from({ length: count }, (_, index) => ({
    item: { id: `n${index}`, parent: null } as Item,
    box: { x: 0, y: index * 200, width: 288, height: 176 },
  }));
  return { placed, byId: new Map(placed.map(one => [one.item.id, one])), bounds: { x: 0, y: 0, width: 288, height: count * 200 } };
}

test('a large tree is never drawn whole: not before one has looked, and not as it grows', () => {
  const drawn: number[] = [];
  let culling: Culling;
  function Probe({ layout }: { layout: Layout }) {
    culling = useCulling(layout, SIZE, null);
    drawn.push(culling.near.length);
    return null;
  }
  const view = render(<Probe layout={column(5000)} />);
  act(() => culling.look(AT_ROOT));
  view.rerender(<Probe layout={column(10)} />);
  act(() => culling.look(AT_ROOT));
  view.rerender(<Probe layout={column(5000)} />);
  expect(Math.max(...drawn)).toBeLessThan(20);
  expect(culling!.near.map(({ item }) => item.id)).toEqual(expect.arrayContaining(['n0', 'n1', 'n2', 'n3']));
});
