import React from 'react';
import { t } from '../../i18n';
import { PanelIcon } from '../panel/Icon';

/** Stands beside every number that is supposed. */
export function NotReal() {
  return (
    <span className="kpi-not-real" data-test="kpi-not-real">
      <PanelIcon icon="notReal" size={13} /> {t('What-if, not real')}
    </span>
  );
}

/** Marks a node of whose number something is supposed, where there is room for one word. */
export function SupposedMark() {
  return (
    <span className="kpi-not-real" title={t('What-if, not real')} data-test="kpi-supposed">
      {t('Supposed')}
    </span>
  );
}
