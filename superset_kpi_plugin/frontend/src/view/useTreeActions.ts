import { useMemo } from 'react';
import { reveal, toggle, type Folded } from '../tree/fold';
import { layOut, type Box, type Growth, type Layout } from '../tree/layout';
import type { Item, Outline } from '../tree/outline';
import { bringIntoSight, firstLook, fit, keepInPlace, type Size } from '../tree/viewport';
import type { Camera } from './useZoom';

/** What is on the canvas, and how it is looked at. */
export interface Scene {
  root: Item;
  outline: Outline;
  folded: Folded;
  layout: Layout;
  growth: Growth;
  size: Size;
  camera: Camera;
}

export interface TreeActions {
  /** Focuses an item and moves it into sight. */
  show: (id: string) => void;
  /** Folds or unfolds a branch, which stays where it is on the screen. */
  toggle: (id: string) => void;
  /** Goes to where a node's card stands, unfolding what hides it. */
  jump: (key: string) => void;
  /** Shows the whole tree. */
  fit: () => void;
  /** Folds, and looks at the result as at the first time. */
  refold: (folded: Folded) => void;
}

export function useTreeActions(scene: Scene, onFold: (folded: Folded) => void, focus: (id: string) => void): TreeActions {
  const { root, outline, folded, layout, growth, size, camera } = scene;
  return useMemo(() => {
    const show = (id: string, seen: Layout) => {
      const box = seen.byId.get(id)?.box;
      if (box) camera.moveTo(bringIntoSight(camera.view(), box, size), true);
      focus(id);
    };
    return {
      show: id => show(id, layout),
      toggle: id => {
        const next = toggle(folded, id);
        const [before, after] = [layout.byId.get(id), layOut(root, next, growth).byId.get(id)];
        camera.hold();
        if (before && after) camera.moveTo(keepInPlace(camera.view(), before.box, after.box));
        onFold(next);
        focus(id);
      },
      jump: key => {
        const next = reveal(outline, folded, key);
        onFold(next);
        show(key, layOut(root, next, growth));
      },
      fit: () => {
        camera.hold();
        camera.moveTo(fit(layout.bounds, size), true);
      },
      refold: next => {
        const after = layOut(root, next, growth);
        onFold(next);
        camera.hold();
        camera.moveTo(firstLook(after.bounds, boxOf(root, after), size));
        focus(root.id);
      },
    };
  }, [root, outline, folded, layout, growth, size, camera, onFold, focus]);
}

export function boxOf(item: Item, layout: Layout): Box {
  return layout.byId.get(item.id)?.box ?? layout.bounds;
}
