import React, { type MouseEvent } from 'react';
import { t } from '../../i18n';
import { PanelIcon } from '../panel/Icon';
import type { WhatIf } from './useWhatIf';

interface Props {
  whatIf: WhatIf;
  /** The names of the nodes that something is supposed of. */
  names: string[];
  onOpen: () => void;
}

/** Stands above the tree for as long as its numbers are not real. */
export function WhatIfBanner({ whatIf, names, onOpen }: Props) {
  if (!whatIf.active) return null;
  const computed = whatIf.evaluation !== null;
  // The banner goes, and must not take the focus with it.
  const reset = ({ currentTarget }: MouseEvent) => {
    const chart = currentTarget.closest('.kpi-tree');
    const next = chart?.querySelector<HTMLElement>('.kpi-panel') ?? chart?.querySelector<HTMLElement>('[data-id][tabindex="0"]');
    next?.focus({ preventScroll: true });
    whatIf.reset();
  };
  return (
    <div className="kpi-what-if-banner" role="status" data-test="kpi-what-if-banner" data-state={whatIf.busy ? 'busy' : 'ready'}>
      <PanelIcon icon="notReal" />
      <span className="kpi-what-if-text" title={names.join(', ')}>
        <b>{t('What-if, not real')}</b>{' '}
        <span>{computed ? t('Supposed: {names}', { names: names.join(', ') }) : whatIf.error ? t('This could not be computed') : t('Computing')}</span>
      </span>
      <button type="button" className="kpi-panel-link" data-test="kpi-what-if-show" onClick={onOpen}>{t('Show')}</button>
      <button type="button" className="kpi-panel-link" data-test="kpi-banner-reset" onClick={reset}>{t('Reset')}</button>
    </div>
  );
}
