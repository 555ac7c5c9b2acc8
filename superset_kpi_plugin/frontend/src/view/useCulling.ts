import { useCallback, useMemo, useRef, useState } from 'react';
import type { Box, Layout, Placed } from '../tree/layout';
import { contains, inSight, overlap, type Size, type View } from '../tree/viewport';

/** Up to this many items are simply all drawn. */
export const SMALL_TREE = 150;
const MARGIN = 0.5;

export interface Culling {
  /** The items worth drawing. */
  near: Placed[];
  /** The items whose line from the parent is worth drawing. */
  nearLinks: Placed[];
  look: (view: View) => void;
}

/** Draws only what is near the screen in a large tree; asks React again only when the view leaves that part. */
export function useCulling(layout: Layout, size: Size, keep: string | null): Culling {
  const [part, setPart] = useState<Box | null>(null);
  const drawn = useRef<Box | null>(null);
  const sized = useRef(size);
  sized.current = size;

  const look = useCallback((view: View) => {
    const seen = inSight(view, sized.current);
    const before = drawn.current;
    if (before && contains(before, seen) && before.width <= seen.width * 4) return;
    drawn.current = inSight(view, sized.current, MARGIN);
    setPart(drawn.current);
  }, []);

  return useMemo(() => {
    // Nobody has looked yet: the root stands for the tree until the camera is placed, before anything is painted. Then
    // it is known what is near, and how much each card tells: drawn before, a tree would be drawn twice.
    if (!part) return { near: layout.placed.slice(0, 1), nearLinks: [], look };
    if (layout.placed.length <= SMALL_TREE) return { near: layout.placed, nearLinks: layout.placed, look };
    const near = layout.placed.filter(({ item, box }) => item.id === keep || overlap(box, part));
    const nearLinks = layout.placed.filter(({ item, box }) => {
      const parent = item.parent && layout.byId.get(item.parent.id);
      return parent && overlap(around(parent.box, box), part);
    });
    return { near, nearLinks, look };
  }, [layout, part, keep, look]);
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
