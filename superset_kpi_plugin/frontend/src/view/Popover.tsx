import React, { useEffect, useRef, useState, type ReactNode } from 'react';
import { ToolIcon, type Tool } from './Icons';

interface Props {
  tool: Tool;
  label: string;
  hook: string;
  /** Words on the button, besides its icon. */
  text?: string;
  pressed?: boolean;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a small window; Escape, or a press elsewhere, closes it. */
export function Popover({ tool, label, hook, text, pressed, children }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector<HTMLElement>('input,[aria-checked="true"],[role^="menuitem"]')?.focus();
    const elsewhere = ({ target }: Event) => !box.current?.contains(target as Node) && setOpen(false);
    document.addEventListener('pointerdown', elsewhere, true);
    return () => document.removeEventListener('pointerdown', elsewhere, true);
  }, [open]);
  return (
    <div
      ref={box}
      className="kpi-pop"
      onKeyDown={event => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
      onBlur={event => event.relatedTarget && !box.current?.contains(event.relatedTarget as Node) && setOpen(false)}
    >
      <button
        ref={button}
        type="button"
        className={`kpi-tool ${pressed ? 'kpi-pressed' : ''}`}
        aria-expanded={open}
        aria-haspopup="true"
        title={label}
        data-test={hook}
        onClick={() => setOpen(!open)}
      >
        <ToolIcon tool={tool} />
        <span className="kpi-sr">{label}</span>
        {text && <span className="kpi-tool-text"> {text}</span>}
      </button>
      {open && <div className="kpi-pop-box" data-test={`${hook}-box`}>{children(close)}</div>}
    </div>
  );
}
