import React, { useCallback, useRef, useState, type MouseEvent, type PointerEvent, type ReactNode } from 'react';
import type { Member } from '../../api/types';
import { Menu, type MenuEntry } from './Menu';

/** What was pressed: a node, and in the heatmap a member of a column. */
export interface Pressed {
  key: string | null;
  column: string | null;
  /** Undefined where no member was pressed. */
  member: Member | undefined;
}

interface Opened {
  entries: MenuEntry[];
  at: { x: number; y: number };
  from: HTMLElement;
}

export interface NodeMenu {
  /** For the element that holds the picture. */
  handlers: {
    onContextMenu: (event: MouseEvent<HTMLElement>) => void;
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: () => void;
    onPointerCancel: () => void;
    onClickCapture: (event: MouseEvent<HTMLElement>) => void;
  };
  menu: ReactNode;
}

const LONG = 550;
const STILL = 10;

/**
 * The chart's own context menu: by right click, the keyboard's menu key or a long press.
 *
 * Systems that turn a long press into a right click are left to do so; where they do not, the press is timed here.
 */
export function useNodeMenu(entriesOf: (pressed: Pressed) => MenuEntry[]): NodeMenu {
  const [opened, setOpened] = useState<Opened | null>(null);
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  /** The click that ends a long press is not a click. */
  const swallow = useRef(false);

  const open = (target: HTMLElement, holder: HTMLElement, x: number, y: number): boolean => {
    const pressed = pressedAt(target);
    const entries = pressed ? entriesOf(pressed) : [];
    if (entries.length === 0) return false;
    const box = holder.getBoundingClientRect();
    const from = target.closest<HTMLElement>('[data-id],button') ?? target;
    setOpened({ entries, at: { x: x - box.left, y: y - box.top }, from });
    return true;
  };
  const letGo = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  const close = useCallback(
    (back: boolean) => {
      if (back) opened?.from.focus({ preventScroll: true });
      setOpened(null);
    },
    [opened],
  );

  return {
    handlers: {
      onContextMenu: event => {
        letGo();
        const target = event.target as HTMLElement;
        const { left, top } = target.getBoundingClientRect();
        // The keyboard names no place.
        const [x, y] = event.clientX || event.clientY ? [event.clientX, event.clientY] : [left + 12, top + 12];
        if (!open(target, event.currentTarget, x, y)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onPointerDown: event => {
        letGo();
        swallow.current = false;
        if (event.pointerType !== 'touch') return;
        const { clientX: x, clientY: y, currentTarget } = event;
        const target = event.target as HTMLElement;
        const timer = setTimeout(() => {
          press.current = null;
          swallow.current = open(target, currentTarget, x, y);
        }, LONG);
        press.current = { timer, x, y };
      },
      onPointerMove: ({ clientX, clientY }) => {
        if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > STILL) letGo();
      },
      onPointerUp: letGo,
      onPointerCancel: letGo,
      onClickCapture: event => {
        if (!swallow.current) return;
        swallow.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    },
    menu: opened && <Menu key={`${opened.at.x} ${opened.at.y}`} entries={opened.entries} at={opened.at} onClose={close} />,
  };
}

function pressedAt(target: HTMLElement): Pressed | null {
  const node = target.closest<HTMLElement>('[data-id][data-key]');
  const of = target.closest<HTMLElement>('[data-member]');
  const column = of?.closest<HTMLElement>('[data-column]')?.dataset.column ?? null;
  if (!node && !of) return null;
  return {
    key: node?.dataset.key ?? null,
    column,
    member: of && column ? (of.dataset.none === undefined ? of.dataset.member ?? null : null) : undefined,
  };
}
