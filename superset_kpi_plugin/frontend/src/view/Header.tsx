import React, { type ReactNode } from 'react';
import type { Evaluation } from '../api/types';
import { currentLocale, t } from '../i18n';
import { formatDay, formatWindow } from '../tree/window';

interface Props {
  evaluation: Evaluation;
  /** What stands beside the window. */
  mark: ReactNode;
  children: ReactNode;
}

/** What is looked at and for which window, beside the tools. */
export function Header({ evaluation: { tree, window }, mark, children }: Props) {
  const locale = currentLocale();
  const state = window.closed ? t('closed') : t('open, as of {day}', { day: formatDay(window.as_of, locale) });
  const text = `${formatWindow(window, locale)} · ${state}`;
  return (
    <header className="kpi-header">
      <div className="kpi-title">
        <div className="kpi-tree-name" dir="auto" title={[tree.name, tree.description].filter(Boolean).join('\n')}>
          {tree.name}
        </div>
        <div className="kpi-under">
          <div className="kpi-window" data-test="kpi-window" data-value={`${window.since}/${window.until}`} title={text}>
            {text}
          </div>
          {mark}
        </div>
      </div>
      {children}
    </header>
  );
}
