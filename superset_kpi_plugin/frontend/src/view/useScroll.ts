import { useCallback, useState, type UIEvent } from 'react';
import type { Box } from '../tree/layout';
import type { Size } from '../tree/viewport';

/** So many pixels beyond the edges are drawn too, and scrolling less than half of them draws nothing anew. */
const SPARE = 400;

/** The part of a scrolled area worth drawing. */
export function useScroll({ width, height }: Size): { seen: Box; onScroll: (event: UIEvent<HTMLElement>) => void } {
  const [at, setAt] = useState({ left: 0, top: 0 });
  const onScroll = useCallback(({ currentTarget: { scrollLeft, scrollTop } }: UIEvent<HTMLElement>) => {
    const step = SPARE / 2;
    const next = { left: Math.round(scrollLeft / step) * step, top: Math.round(scrollTop / step) * step };
    setAt(before => (before.left === next.left && before.top === next.top ? before : next));
  }, []);
  const seen = { x: at.left - SPARE, y: at.top - SPARE, width: width + 2 * SPARE, height: height + 2 * SPARE };
  return { seen, onScroll };
}
