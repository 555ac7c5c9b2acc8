import React from 'react';
import type { Evaluation } from '../api/types';
import { currentLocale, t } from '../i18n';
import { formatDay, formatWindow } from '../tree/window';
import { Figure } from './Figure';
import { ToolIcon, type Tool } from './Icons';
import { share } from './numbers';
import { StatusPill } from './StatusPill';

export interface ToolHandlers {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  unfold: () => void;
  fold: () => void;
}

interface Props {
  evaluation: Evaluation;
  tools: ToolHandlers;
}

export function Header({ evaluation, tools }: Props) {
  return (
    <header className="kpi-header">
      <Title evaluation={evaluation} />
      <Headline evaluation={evaluation} />
      <Toolbar {...tools} />
    </header>
  );
}

function Title({ evaluation: { tree, window } }: { evaluation: Evaluation }) {
  const locale = currentLocale();
  const state = window.closed ? t('closed') : t('open, as of {day}', { day: formatDay(window.as_of, locale) });
  const text = `${formatWindow(window, locale)} · ${state}`;
  return (
    <div className="kpi-title">
      <div className="kpi-tree-name" title={[tree.name, tree.description].filter(Boolean).join('\n')}>
        {tree.name}
      </div>
      <div className="kpi-window" data-test="kpi-window" data-value={`${window.since}/${window.until}`} title={text}>
        {text}
      </div>
    </div>
  );
}

function Headline({ evaluation: { headline, nodes, tree } }: { evaluation: Evaluation }) {
  const result = nodes[headline.key];
  if (!result) return null;
  const name = tree.nodes.find(({ key }) => key === headline.key)?.name ?? headline.key;
  return (
    <div className="kpi-headline" role="group" aria-label={name} title={name}>
      <span className="kpi-headline-figure">
        <span className="kpi-label">{t('Attainment')}</span>
        <Figure
          hook="kpi-headline"
          className="kpi-headline-number"
          value={result.attainment}
          text={share(result.attainment)}
          reason={result.reasons.attainment ?? result.reasons.actual ?? result.reasons.target}
        />
      </span>
      <span className="kpi-headline-figure">
        <span className="kpi-label">{t('Score')}</span>
        <Figure
          hook="kpi-headline-score"
          className="kpi-headline-second"
          value={result.score}
          text={share(result.score)}
          reason={result.reasons.score}
        />
      </span>
      <StatusPill status={result.status} hook="kpi-headline-status" />
    </div>
  );
}

const TOOLS: { tool: Tool & keyof ToolHandlers; label: string; hook: string }[] = [
  { tool: 'zoomOut', label: 'Zoom out', hook: 'kpi-zoom-out' },
  { tool: 'zoomIn', label: 'Zoom in', hook: 'kpi-zoom-in' },
  { tool: 'fit', label: 'Show the whole tree', hook: 'kpi-zoom-fit' },
  { tool: 'unfold', label: 'Unfold all', hook: 'kpi-unfold-all' },
  { tool: 'fold', label: 'Fold all', hook: 'kpi-fold-all' },
];

function Toolbar(handlers: ToolHandlers) {
  return (
    <div className="kpi-toolbar" role="toolbar" aria-label={t('View')}>
      {TOOLS.map(({ tool, label, hook }) => (
        <button key={tool} type="button" aria-label={t(label)} title={t(label)} data-test={hook} onClick={handlers[tool]}>
          <ToolIcon tool={tool} />
        </button>
      ))}
    </div>
  );
}
