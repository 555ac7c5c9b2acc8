import React, { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../i18n';
import { Stroke } from '../Icons';

export interface MenuEntry {
  id: string;
  label: string;
  /** A path on 16 × 16. */
  icon: string;
  /** Where it leads, in another window; else what it does. */
  href?: string;
  act?: () => void;
}

interface Props {
  entries: MenuEntry[];
  at: { x: number; y: number };
  onClose: (back: boolean) => void;
}

const EDGE = 4;

/** A menu where one pressed, kept inside the chart. */
export function Menu({ entries, at, onClose }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const [box, room] = [list.current, list.current?.offsetParent];
    if (!box || !room) return;
    setPlace({
      x: Math.max(EDGE, Math.min(at.x, room.clientWidth - box.offsetWidth - EDGE)),
      y: Math.max(EDGE, Math.min(at.y, room.clientHeight - box.offsetHeight - EDGE)),
    });
  }, [at]);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
    const elsewhere = ({ target }: Event) => !list.current?.contains(target as Node) && onClose(false);
    const away = () => onClose(false);
    document.addEventListener('pointerdown', elsewhere, true);
    document.addEventListener('wheel', away, { capture: true, passive: true });
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
      document.removeEventListener('wheel', away, { capture: true });
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const index = items.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next !== undefined) items[(next + items.length) % items.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose(true);
    else if (event.key === 'Enter' || event.key === ' ') items[index]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ul
      ref={list}
      className="kpi-menu"
      role="menu"
      aria-label={t('What can be done here')}
      style={{ left: place.x, top: place.y }}
      data-test="kpi-menu"
      onKeyDown={onKeyDown}
      onContextMenu={event => event.preventDefault()}
    >
      {entries.map(({ id, label, icon, href, act }) => (
        <li key={id} role="none">
          <a
            role="menuitem"
            tabIndex={-1}
            href={href}
            target={href && '_blank'}
            rel={href && 'noreferrer'}
            data-test={`kpi-menu-${id}`}
            onClick={() => {
              // What opens something takes the focus along.
              onClose(href !== undefined);
              act?.();
            }}
          >
            <Stroke path={icon} size={14} />
            <span>{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
