import { SupersetClient } from '@superset-ui/core';
import React from 'react';
import type { TreeNode } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { asAdhoc, explorePath, filtersOf, isReadable, written } from '../../tree/panelExplore';
import { formatWindow } from '../../tree/window';
import { PanelIcon } from './Icon';
import { Undefined } from './Loaded';
import type { Subject } from './subject';

/** Where the actual is read, and the way to look at it there. */
export function Origin({ subject, node }: { subject: Subject; node: TreeNode }) {
  const { metric } = node;
  if (metric === null) {
    return (
      <p className="kpi-panel-line" data-test="kpi-panel-origin">
        {node.source === 'manual' ? t('Typed in by people: no dataset holds it.') : t('Computed from its drivers: no dataset holds it.')}
      </p>
    );
  }
  if (!isReadable(metric)) {
    const reason = subject.real.nodes[node.key]?.reasons.actual;
    return <Undefined hook="kpi-panel-origin" word={t('Not shown to you')} message={reason?.message ?? t('Ask its owner, or an admin, for access.')} />;
  }
  const asked = filtersOf(node.key, subject.request, subject.real);
  const filters = [...metric.filters, ...asked.map(asAdhoc)];
  const path = explorePath(metric, asked);
  return (
    <div data-test="kpi-panel-origin">
      <dl className="kpi-definition">
        <div>
          <dt>{t('Metric')}</dt>
          <dd><code>{metric.metric_name}</code></dd>
        </div>
        <div>
          <dt>{t('Dataset')}</dt>
          <dd><code>{metric.dataset}</code></dd>
        </div>
        {metric.time_range && (
          <div>
            <dt>{t('Days')}</dt>
            <dd><code>{metric.time_column}</code> {days(metric.time_range)}</dd>
          </div>
        )}
        {filters.length > 0 && (
          <div>
            <dt>{t('Filters')}</dt>
            <dd>{filters.map(written).join(', ')}</dd>
          </div>
        )}
      </dl>
      <a className="kpi-panel-button" href={hostUrl(path)} target="_blank" rel="noreferrer" data-test="kpi-panel-explore">
        <PanelIcon icon="external" size={14} /> {t('Open in Explore')}
      </a>
    </div>
  );
}

/** Half-open as Superset writes it; from the beginning where no day comes first. */
function days(range: string): string {
  const [since, until] = range.split(' : ').map(day => day.trim());
  if (!since || !until) return `… – ${until ?? ''}`;
  return formatWindow({ since, until, as_of: until, closed: true, name: null }, currentLocale());
}

/** The host knows under which path it is served. */
export function hostUrl(endpoint: string): string {
  return SupersetClient.getUrl?.({ endpoint }) ?? endpoint;
}
