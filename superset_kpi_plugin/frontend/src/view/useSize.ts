import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Size } from '../tree/viewport';

/** An element's size, kept up to date; the guess until it is measured. */
export function useSize(ref: RefObject<HTMLElement>, guess: Size): Size {
  const [measured, setMeasured] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) {
        setMeasured(before => (before?.width === width && before.height === height ? before : { width, height }));
      }
    };
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return measured ?? guess;
}
