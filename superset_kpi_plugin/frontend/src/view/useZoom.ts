import { useCallback, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { select } from 'd3-selection';
import 'd3-transition';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';
import { isNear, SCALE, type Size, type View } from '../tree/viewport';

export interface Camera {
  view: () => View;
  moveTo: (view: View, smooth?: boolean) => void;
  zoomBy: (factor: number) => void;
  panBy: (x: number, y: number) => void;
  /** From now on the view is a person's, not the chart's to choose. */
  hold: () => void;
  held: () => boolean;
}

/** Pan and zoom by wheel, drag and touch. Moves the layer itself: React need not draw again for that. */
export function useZoom(
  canvas: RefObject<HTMLDivElement>,
  layer: RefObject<HTMLDivElement>,
  size: Size,
  onView: (view: View, held: boolean) => void,
  mayZoom: (event: Event) => boolean,
): Camera {
  const current = useRef<View>({ x: 0, y: 0, k: 1 });
  // Where a movement under way will end: several steps in quick succession add up.
  const aim = useRef<View>(current.current);
  const held = useRef(false);
  const latest = useRef({ size, onView });
  latest.current = { size, onView };

  const behavior = useMemo(
    () =>
      zoom<HTMLDivElement, unknown>()
        .scaleExtent([SCALE.min, SCALE.max])
        .extent(() => [[0, 0], [latest.current.size.width, latest.current.size.height]])
        .filter(event => !event.button && mayZoom(event) && !(event.type !== 'wheel' && (event.target as Element).closest('button,.kpi-fold')))
        .on('zoom', ({ transform: { x, y, k }, sourceEvent }: D3ZoomEvent<HTMLDivElement, unknown>) => {
          current.current = { x, y, k };
          if (sourceEvent) {
            held.current = true;
            aim.current = current.current;
          }
          if (layer.current) layer.current.style.transform = `translate(${x}px,${y}px) scale(${k})`;
          latest.current.onView(current.current, held.current);
        }),
    [layer, mayZoom],
  );

  useLayoutEffect(() => {
    if (!canvas.current) return undefined;
    const selection = select(canvas.current);
    selection.call(behavior).on('dblclick.zoom', null);
    return () => void selection.interrupt().on('.zoom', null);
  }, [canvas, behavior]);

  const moveTo = useCallback(
    ({ x, y, k }: View, smooth = false) => {
      if (!canvas.current) return;
      aim.current = { x, y, k };
      const selection = select(canvas.current).interrupt();
      const target = zoomIdentity.translate(x, y).scale(k);
      if (smooth && motionAllowed() && isNear(current.current, { x, y, k }, latest.current.size)) selection.transition().duration(240).call(behavior.transform, target);
      else selection.call(behavior.transform, target);
    },
    [canvas, behavior],
  );

  return useMemo(() => {
    const view = () => current.current;
    const byHand = (next: View, smooth: boolean) => {
      held.current = true;
      moveTo(next, smooth);
    };
    return {
      view,
      moveTo,
      hold: () => void (held.current = true),
      held: () => held.current,
      panBy: (x, y) => byHand({ ...aim.current, x: aim.current.x + x, y: aim.current.y + y }, false),
      zoomBy: factor => {
        const { width, height } = latest.current.size;
        const { x, y, k } = aim.current;
        const next = Math.min(Math.max(k * factor, SCALE.min), SCALE.max);
        const about = (offset: number, middle: number) => middle - ((middle - offset) / k) * next;
        byHand({ k: next, x: about(x, width / 2), y: about(y, height / 2) }, true);
      },
    };
  }, [moveTo]);
}

function motionAllowed(): boolean {
  return window.matchMedia?.('(prefers-reduced-motion: no-preference)').matches ?? false;
}
