import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Memory } from '../memory';
import type { Tab } from './tabs';

export interface PanelState {
  /** What is open; null where only the tree is. */
  tab: Tab | null;
  /** The node that is told about; the root where none is chosen. */
  selected: string | null;
  select: (key: string | null) => void;
  /** Opens it, and moves the focus there. */
  open: (tab: Tab) => void;
  /** Turns to another side of what is open. */
  show: (tab: Tab) => void;
  /** Opens it for a node; `sql` shows the statements that read it. */
  openFor: (tab: Tab, key: string, sql?: boolean) => void;
  close: () => void;
  /** Whether statements are shown as they were sent. */
  sql: boolean;
  showSql: () => void;
  /** The panel, to which the focus goes when it opens. */
  panel: RefObject<HTMLElement>;
}

/** Which side of the tree is open. The focus follows the panel when it opens, and returns when it closes. */
export function usePanel(root: string, memory: Memory): PanelState {
  const [{ tab, selected, sql = false }, set] = useState<NonNullable<Memory['panel']>>(memory.panel ?? { tab: null, selected: null });
  const panel = useRef<HTMLElement>(null);
  const moveFocus = useRef<(() => void) | null>(null);
  memory.panel = { tab, selected, sql };

  useEffect(() => {
    moveFocus.current?.();
    moveFocus.current = null;
  });

  const show = useCallback(
    (next: Tab) => set(before => ({ ...before, tab: next, selected: before.selected ?? (next === 'details' ? root : null) })),
    [root],
  );
  const open = useCallback(
    (next: Tab) => {
      moveFocus.current = () => panel.current?.focus({ preventScroll: true });
      show(next);
    },
    [show],
  );
  const close = useCallback(() => {
    const leaving = panel.current;
    // Who closes it from the tree keeps the focus there.
    if (leaving?.contains(document.activeElement)) moveFocus.current = focusOn(leaving, selected, tab);
    set({ tab: null, selected: null });
  }, [selected, tab]);
  const select = useCallback(
    (key: string | null) => {
      if (key === null) return close();
      moveFocus.current = () => panel.current?.focus({ preventScroll: true });
      return set(before => ({ ...before, tab: 'details', selected: key }));
    },
    [close],
  );
  const openFor = useCallback((next: Tab, key: string, withSql = false) => {
    moveFocus.current = () => panel.current?.focus({ preventScroll: true });
    set({ tab: next, selected: key, sql: withSql });
  }, []);
  const showSql = useCallback(() => set(before => ({ ...before, sql: true })), []);
  return { tab, selected, sql, showSql, select, open, openFor, show, close, panel };
}

/** Back to the card that was told about, else to the button that had opened the panel. */
function focusOn(panel: HTMLElement, selected: string | null, tab: Tab | null): () => void {
  const chart = panel.closest('.kpi-body');
  return () => {
    const card = selected && chart?.querySelector<HTMLElement>(`[data-key="${selected}"][tabindex]`);
    const button = chart?.querySelector<HTMLElement>(`[data-test="kpi-open-${tab ?? ''}"]`);
    const anywhere = chart?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]');
    (card || button || anywhere)?.focus({ preventScroll: true });
  };
}
