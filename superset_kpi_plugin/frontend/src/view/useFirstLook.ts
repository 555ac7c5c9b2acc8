import { useLayoutEffect, useRef } from 'react';
import { firstLook, type View } from '../tree/viewport';
import { boxOf, type Scene } from './useTreeActions';

/** Looks where one looked before, else at the tree anew for as long as the size settles and nobody has moved it. */
export function useFirstLook({ root, layout, size, camera }: Scene, before: View | undefined): void {
  const remembered = useRef(before);
  const latest = useRef(layout);
  latest.current = layout;
  useLayoutEffect(() => {
    if (camera.held()) return;
    camera.moveTo(remembered.current ?? firstLook(latest.current.bounds, boxOf(root, latest.current), size));
  }, [camera, root, size]);
}
