import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

interface Engagement {
  /** Whether the wheel and a single finger belong to the canvas, and not to the page around it. */
  engaged: boolean;
  /** Counts how often the wheel was left to the page: each time is a time to say how to zoom. */
  hint: number;
  mayZoom: (event: Event) => boolean;
}

/**
 * A page that scrolls must not be stopped by a chart on its way. Only after a press into the canvas, or with Ctrl or ⌘,
 * does the wheel zoom; leaving the canvas gives the wheel back to the page. Two fingers always mean the canvas.
 */
export function useEngagement(canvas: RefObject<HTMLElement>): Engagement {
  const [engaged, setEngaged] = useState(false);
  const [hint, setHint] = useState(0);
  const latest = useRef(false);
  latest.current = engaged;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const engage = () => {
      // At once: the very press that engages already pans.
      latest.current = true;
      setEngaged(true);
      setHint(0);
    };
    const leave = () => setEngaged(false);
    const pressedElsewhere = ({ target }: Event) => !element.contains(target as Node) && leave();
    const pointer = ({ pointerType }: PointerEvent) => pointerType === 'mouse' && leave();
    const tell = (event: WheelEvent) => !latest.current && !event.ctrlKey && !event.metaKey && setHint(count => count + 1);
    element.addEventListener('mousedown', engage, true);
    element.addEventListener('click', engage, true);
    element.addEventListener('pointerleave', pointer);
    element.addEventListener('wheel', tell, { passive: true });
    document.addEventListener('pointerdown', pressedElsewhere, true);
    return () => {
      element.removeEventListener('mousedown', engage, true);
      element.removeEventListener('click', engage, true);
      element.removeEventListener('pointerleave', pointer);
      element.removeEventListener('wheel', tell);
      document.removeEventListener('pointerdown', pressedElsewhere, true);
    };
  }, [canvas]);

  const mayZoom = useCallback((event: Event) => {
    if (event.type === 'wheel') return latest.current || (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey;
    if (event.type === 'touchstart') return latest.current || (event as TouchEvent).touches.length > 1;
    return true;
  }, []);

  return { engaged, hint, mayZoom };
}
