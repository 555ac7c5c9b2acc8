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
