import React, { type ReactNode } from 'react';
import { t } from '../i18n';
import { isCanvas, LAYOUT_KINDS, LAYOUT_WORDS, type LayoutKind } from '../tree/kinds';
import { ToolIcon, type Tool } from './Icons';
import { Popover } from './Popover';

export interface ToolHandlers {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  unfold: () => void;
  fold: () => void;
}

const TOOLS: { tool: Tool & keyof ToolHandlers; label: string; hook: string; onCanvas?: boolean }[] = [
  { tool: 'zoomOut', label: 'Zoom out', hook: 'kpi-zoom-out', onCanvas: true },
  { tool: 'zoomIn', label: 'Zoom in', hook: 'kpi-zoom-in', onCanvas: true },
  { tool: 'fit', label: 'Show the whole tree', hook: 'kpi-zoom-fit', onCanvas: true },
  { tool: 'unfold', label: 'Unfold all', hook: 'kpi-unfold-all' },
  { tool: 'fold', label: 'Fold all', hook: 'kpi-fold-all' },
];

interface Props {
  kind: LayoutKind;
  onKind: (kind: LayoutKind) => void;
  handlers: ToolHandlers;
  /** How many nodes are off track, and how to see them. */
  behind: number;
  onBehind: () => void;
  /** Whether the links show their proof. */
  proof: boolean;
  onProof: () => void;
  children: ReactNode;
}

export function Toolbar({ kind, onKind, handlers, behind, onBehind, proof, onProof, children }: Props) {
  const label = behind ? t('Show what is off track') : t('Nothing is off track');
  return (
    <div className="kpi-toolbar" role="toolbar" aria-label={t('View')}>
      <button type="button" className="kpi-tool" title={label} disabled={behind === 0} data-test="kpi-off-track" data-value={behind} onClick={onBehind}>
        <ToolIcon tool="flag" />
        <span className="kpi-sr">{label}: </span>
        <span className="kpi-tool-text">{behind}</span>
      </button>
      {children}
      <button type="button" className={`kpi-tool ${proof ? 'kpi-pressed' : ''}`} aria-pressed={proof} aria-label={t('Proof of links')} title={t('Proof of links')} data-test="kpi-proof-links" onClick={onProof}>
        <ToolIcon tool="proof" />
      </button>
      <Layouts kind={kind} onKind={onKind} />
      {TOOLS.filter(({ onCanvas }) => !onCanvas || isCanvas(kind)).map(({ tool, label, hook }) => (
        <button key={tool} type="button" className="kpi-tool" aria-label={t(label)} title={t(label)} data-test={hook} onClick={handlers[tool]}>
          <ToolIcon tool={tool} />
        </button>
      ))}
    </div>
  );
}

function Layouts({ kind, onKind }: Pick<Props, 'kind' | 'onKind'>) {
  return (
    <Popover tool={kind} label={`${t('Layout')}: ${t(LAYOUT_WORDS[kind])}`} hook="kpi-layout">
      {close => (
        <ul className="kpi-list" role="menu" aria-label={t('Layout')} onKeyDown={rove}>
          {LAYOUT_KINDS.map(one => (
            <li
              key={one}
              role="menuitemradio"
              aria-checked={one === kind}
              tabIndex={one === kind ? 0 : -1}
              data-test="kpi-layout-choice"
              data-value={one}
              onClick={() => {
                close();
                onKind(one);
              }}
            >
              <ToolIcon tool={one} />
              <span className="kpi-list-name">{t(LAYOUT_WORDS[one])}</span>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

function rove(event: React.KeyboardEvent<HTMLElement>): void {
  const at = document.activeElement as HTMLElement | null;
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key] as
    | 'nextElementSibling'
    | 'previousElementSibling'
    | undefined;
  if (step) (at?.[step] as HTMLElement | null)?.focus();
  else if (event.key === 'Enter' || event.key === ' ') at?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
