import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Roving focus: one item of the tree takes the tab key, the arrows move it. What scrolls by itself may follow the focus. */
export function useFocus(container: RefObject<HTMLElement>, first: string | null, scroll = false) {
  const [active, setActive] = useState(first);
  const wanted = useRef<string | null>(null);

  useEffect(() => {
    if (wanted.current === null) return;
    const items = container.current?.querySelectorAll<HTMLElement>('[data-id]') ?? [];
    const item = [...items].find(one => one.dataset.id === wanted.current);
    if (!item) return;
    wanted.current = null;
    item.focus({ preventScroll: !scroll });
  });

  /** Moves the focus there as soon as it is drawn. */
  const focus = useCallback((id: string) => {
    wanted.current = id;
    setActive(id);
  }, []);

  return { active, setActive, focus };
}
