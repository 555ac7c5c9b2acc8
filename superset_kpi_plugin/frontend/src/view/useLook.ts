import { useLayoutEffect, useRef } from 'react';
import { bringIntoSight, firstLook, inSight, overlap, type Size, type View } from '../tree/viewport';
import { boxOf, type Scene } from './useTreeActions';

/** Where one looks: the view that was come to, and the one that this canvas makes of it. */
interface Look {
  view: View;
  shown: View;
  size: Size;
}

/**
 * Looks where one looked before, else at the tree anew for as long as the size settles and nobody has moved it.
 *
 * What is chosen comes into sight, wherever it was chosen. When the canvas changes its size, it stays in sight where it was
 * in sight: the view moves as little as that takes, and back once there is room again, unless somebody has moved it meanwhile.
 */
export function useLook({ root, layout, size, camera }: Scene, before: View | undefined, chosen: string | null): void {
  const remembered = useRef(before);
  const last = useRef<Look | null>(null);
  const latest = useRef({ layout, chosen });
  latest.current = { layout, chosen };
  useLayoutEffect(() => {
    const { layout: drawn, chosen: id } = latest.current;
    const [held, now, was] = [camera.held(), camera.view(), last.current];
    if (held && was?.size === size) return;
    const view = held ? (was && isSame(was.shown, now) ? was.view : now) : remembered.current ?? firstLook(drawn.bounds, boxOf(root, drawn), size);
    const box = id === null ? undefined : drawn.byId.get(id)?.box;
    const shown = box && (!was || overlap(box, inSight(now, was.size))) ? bringIntoSight(view, box, size) : view;
    last.current = { view, shown, size };
    if (!isSame(shown, now)) camera.moveTo(shown);
  }, [camera, root, size]);

  const told = useRef(chosen);
  useLayoutEffect(() => {
    if (told.current === chosen) return;
    told.current = chosen;
    const box = chosen === null ? undefined : layout.byId.get(chosen)?.box;
    const now = camera.view();
    const next = box ? bringIntoSight(now, box, size) : now;
    if (!isSame(next, now)) camera.moveTo(next, true);
  }, [camera, layout, size, chosen]);
}

const isSame = (a: View, b: View): boolean => a.x === b.x && a.y === b.y && a.k === b.k;
