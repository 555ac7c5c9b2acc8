/** Choosing a saved metric: searched over all datasets one may read, with its SQL and its last periods to look at. */
import { getNumberFormatter } from '@superset-ui/core';
import { SafetyCertificateFilled } from '@ant-design/icons';
import { Alert, Empty, Input, List, Modal, Spin, Tag, theme, Tooltip, Typography, type InputRef } from 'antd';
import React, { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import { formatAmount } from '../../tree/format';
import type { NodeDoc, TreeDoc } from '../draft/document';
import { findMetrics, tryMetric, type SavedMetric } from './ask';
import { useAsked } from './useAsked';

const PERIODS = 6;
const PAGE = 25;

interface Props {
  doc: TreeDoc;
  node: NodeDoc;
  onChoose(metric: SavedMetric): void;
  onClose(): void;
}

export function MetricPicker({ doc, node, onChoose, onClose }: Props) {
  useReturnedFocus();
  const field = useRef<InputRef>(null);
  // The first guess is a metric of the KPI's own name; where there is none, all of them.
  const [search, setSearch] = useState(node.metric === null ? node.name : '');
  const [guessed, setGuessed] = useState(search !== '');
  const [page, setPage] = useState(0);
  const [picked, setPicked] = useState<SavedMetric | null>(null);
  const found = useAsked(JSON.stringify([search, page]), signal => findMetrics({ search, page }, signal), 200);
  const missed = guessed && found.state === 'told' && found.answer.count === 0;
  useEffect(() => {
    if (!missed) return;
    setGuessed(false);
    setSearch('');
  }, [missed]);
  return (
    <Modal
      open
      width={920}
      title={t('Link {name} to a saved metric', { name: node.name })}
      okText={t('Use this metric')}
      cancelText={t('Cancel')}
      okButtonProps={{ disabled: picked === null, ...{ 'data-test': 'kpi-metric-use' } }}
      onOk={() => picked && onChoose(picked)}
      onCancel={onClose}
      afterOpenChange={shown => shown && field.current?.focus()}
      styles={{ body: { display: 'grid', gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)', gap: 24, minHeight: 420 } }}
    >
      <div data-test="kpi-metric-picker" data-state={found.state}>
        <Input.Search
          ref={field}
          allowClear
          aria-label={t('Search metrics')}
          placeholder={t('Dataset, metric or description')}
          data-test="kpi-metric-search"
          value={search}
          onFocus={event => event.target.select()}
          onChange={event => {
            setGuessed(false);
            setSearch(event.target.value);
            setPage(0);
          }}
        />
        {found.state === 'failed' && <Alert type="error" showIcon message={t('The metrics could not be read.')} description={found.message} />}
        <List
          size="small"
          loading={found.state === 'asking'}
          dataSource={found.answer?.result ?? []}
          locale={{ emptyText: <Empty description={t('No saved metric fits. Save one on its dataset first, or search for another word.')} /> }}
          pagination={(found.answer?.count ?? 0) > PAGE && {
            current: page + 1, pageSize: PAGE, total: found.answer?.count, showSizeChanger: false, size: 'small',
            onChange: next => setPage(next - 1),
          }}
          style={{ maxHeight: 460, overflow: 'auto' }}
          renderItem={metric => (
            <MetricRow
              metric={metric}
              picked={picked !== null && idOf(picked) === idOf(metric)}
              onPick={() => setPicked(metric)}
              onUse={() => onChoose(metric)}
            />
          )}
        />
      </div>
      {picked === null
        ? <Empty style={{ alignSelf: 'center' }} description={t('Pick a metric to see its SQL and its last periods.')} />
        : <MetricFacts key={idOf(picked)} doc={doc} node={node} metric={picked} />}
    </Modal>
  );
}

const idOf = (metric: SavedMetric) => `${metric.dataset_uuid}/${metric.metric_name}`;

function MetricRow({ metric, picked, onPick, onUse }: { metric: SavedMetric; picked: boolean; onPick(): void; onUse(): void }) {
  const { token } = theme.useToken();
  return (
    <List.Item style={{ padding: 0 }}>
      <button
        type="button"
        aria-pressed={picked}
        data-test="kpi-metric-row"
        data-metric={metric.metric_name}
        data-dataset={metric.dataset}
        onClick={onPick}
        onDoubleClick={onUse}
        style={{
          all: 'unset', boxSizing: 'border-box', width: '100%', padding: '8px 12px', cursor: 'pointer',
          background: picked ? token.controlItemBgActive : undefined,
          outline: 'revert',
        }}
      >
        <Typography.Text strong>{metric.label || metric.metric_name}</Typography.Text> <Certified metric={metric} />
        <div>
          <Typography.Text type="secondary">{[metric.database, metric.schema, metric.dataset].filter(Boolean).join(' · ')}</Typography.Text>
        </div>
        {metric.description && <div>{metric.description}</div>}
      </button>
    </List.Item>
  );
}

export function Certified({ metric }: { metric: Pick<SavedMetric, 'certified_by' | 'certification_details'> }) {
  const { token } = theme.useToken();
  if (!metric.certified_by) return null;
  const told = [t('Certified by {who}', { who: metric.certified_by }), metric.certification_details].filter(Boolean).join(' – ');
  return (
    <Tooltip title={told}>
      <SafetyCertificateFilled aria-label={told} style={{ color: token.colorPrimary }} data-test="kpi-metric-certified" />
    </Tooltip>
  );
}

/** The metric's SQL and what it says over the last periods, as this node would read it. */
function MetricFacts({ doc, node, metric }: { doc: TreeDoc; node: NodeDoc; metric: SavedMetric }) {
  const { token } = theme.useToken();
  const tried: NodeDoc = {
    ...node,
    source: 'metric',
    metric: { dataset_uuid: metric.dataset_uuid, metric_name: metric.metric_name, filters: [], time_column: null, empty: 'missing' },
  };
  const asked = useAsked(idOf(metric), signal => tryMetric(doc, tried, PERIODS, signal));
  return (
    <div data-test="kpi-metric-facts" data-state={asked.state}>
      <Typography.Title level={5} style={{ marginTop: 0 }}>{metric.label || metric.metric_name}</Typography.Title>
      {metric.warning && <Alert type="warning" showIcon message={metric.warning} />}
      <pre style={{ whiteSpace: 'pre-wrap', background: token.colorFillTertiary, padding: 8, borderRadius: token.borderRadius }}>{metric.expression}</pre>
      {metric.main_time_column
        ? <Tag>{t('Time column: {column}', { column: metric.main_time_column })}</Tag>
        : <Alert type="warning" showIcon message={t('The dataset has no time column: a tree reads by period and cannot use it.')} />}
      {asked.state === 'failed' && <Alert type="error" showIcon message={asked.message} />}
      {asked.state === 'asking' && <Spin />}
      {asked.state === 'told' && <LastPeriods node={{ ...node, d3format: node.d3format ?? metric.d3format }} preview={asked.answer} />}
    </div>
  );
}

function LastPeriods({ node, preview }: { node: NodeDoc; preview: Awaited<ReturnType<typeof tryMetric>> }) {
  const history = preview.evaluation?.history;
  const errors = Object.values(preview.errors).flat();
  if (errors.length > 0) return <Alert type="error" showIcon message={errors.join(' ')} />;
  const numbers = history?.nodes[node.key];
  if (!history || !numbers) return null;
  return (
    <table style={{ width: '100%', marginTop: 12 }} data-test="kpi-metric-periods" aria-label={t('The last periods')}>
      <tbody>
        {history.periods.map((period, at) => (
          <tr key={period.since}>
            <th scope="row" style={{ textAlign: 'left', fontWeight: 'normal' }}>
              {period.name}{period.closed ? '' : ` (${t('so far')})`}
            </th>
            <td style={{ textAlign: 'right' }} data-value={numbers.actual[at] ?? ''}>
              {formatAmount(numbers.actual[at] ?? null, node, (format, value) => getNumberFormatter(format)(value))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
