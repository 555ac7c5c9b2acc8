import { SafetyCertificateFilled } from '@ant-design/icons';
import { Alert, Empty, Input, Pagination, Spin } from 'antd';
import React, { useState } from 'react';
import { findMetrics, type SavedMetric } from '../../builder/node/ask';
import { useAsked } from '../../builder/node/useAsked';
import { t } from '../../i18n';

const PAGE = 25;
const PAUSE = 200;

/** Saved metrics to begin with: the tree follows from how the metric is computed. */
export function Metrics({ onChoose }: { onChoose: (metric: SavedMetric) => void }) {
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(0);
  const asked = useAsked(JSON.stringify([search, page]), signal => findMetrics({ search, page }, signal), PAUSE);
  const found = asked.answer;
  return (
    <section data-test="kpi-start-metrics" data-state={asked.state}>
      <h2>{t('Which metric is the goal?')}</h2>
      <p className="kpi-start-lead">{t('A quotient, a sum or a product becomes a goal with its parts as drivers.')}</p>
      <Input.Search
        allowClear
        aria-label={t('Search metrics')}
        placeholder={t('Dataset, metric or description')}
        data-test="kpi-start-metric-search"
        value={search}
        onChange={event => {
          setSearch(event.target.value);
          setPage(0);
        }}
      />
      {asked.state === 'failed' && <Alert type="error" showIcon message={t('The metrics could not be read.')} description={asked.message} />}
      {!found && asked.state === 'asking' && <Spin className="kpi-page-wait" />}
      {found?.count === 0 && <Empty description={t('No saved metric fits. Save one on its dataset first, or search for another word.')} />}
      <div className="kpi-templates">
        {found?.result.map(metric => (
          <button
            key={`${metric.dataset_uuid} ${metric.metric_name}`}
            type="button"
            className="kpi-choice"
            data-test="kpi-start-metric"
            data-value={metric.metric_name}
            onClick={() => onChoose(metric)}
          >
            <strong>
              {metric.label} {metric.certified_by && <SafetyCertificateFilled title={t('Certified by {name}', { name: metric.certified_by })} />}
            </strong>
            <span>{metric.dataset}</span>
            <code>{metric.expression}</code>
          </button>
        ))}
      </div>
      {(found?.count ?? 0) > PAGE && (
        <Pagination className="kpi-list-pages" current={page + 1} pageSize={PAGE} total={found?.count} showSizeChanger={false} onChange={next => setPage(next - 1)} />
      )}
    </section>
  );
}
