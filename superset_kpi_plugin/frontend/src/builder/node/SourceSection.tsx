/** Where the node's actual comes from. */
import { LinkOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Segmented, Select, Space, theme, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import { ManualGrid } from '../targets/TargetsGrid';
import { isRestricted, type Metric } from '../draft/document';
import { setNode, setSource } from '../draft/edits';
import { columnsOf, findMetric, type SavedMetric } from './ask';
import { Field, idOf, NumberField } from './Field';
import { FiltersField } from './FiltersField';
import { Certified, MetricPicker } from './MetricPicker';
import type { SectionProps } from './section';
import { useAsked } from './useAsked';
import { sources } from './words';

export function SourceSection(props: SectionProps) {
  const { doc, node, errorsOf, onChange } = props;
  return (
    <>
      <Field name="source" label={t('Where its number comes from')} help={sources().find(({ value }) => value === node.source)?.help} errors={errorsOf('source')}>
        <Segmented
          id={idOf('source')}
          block
          value={node.source}
          options={sources().map(({ value, label }) => ({ value, label }))}
          onChange={value => onChange(now => setSource(now, node.key, value as typeof node.source), t('Source of {name}', { name: node.name }))}
        />
      </Field>
      {node.source === 'metric' && <MetricSource {...props} />}
      {node.source === 'manual' && (
        <Field name="manual_values" label={t('Actuals')} errors={errorsOf('manual_values')}>
          <ManualGrid doc={doc} node={node} onChange={(manual_values, label) => onChange(now => setNode(now, node.key, { manual_values }), label)} />
        </Field>
      )}
    </>
  );
}

function MetricSource(props: SectionProps) {
  const { doc, node, errorsOf, onChange } = props;
  const opening = props.opening?.field === 'metric' ? props.opening : undefined;
  const [picking, setPicking] = useState(opening !== undefined && node.metric === null);
  const close = () => {
    setPicking(false);
    opening?.onClosed();
  };
  const { metric } = node;
  const set = (next: Partial<Metric>, label: string) => onChange(
    now => setNode(now, node.key, { metric: { ...(node.metric as Metric), ...next } }), label,
  );
  const choose = (chosen: SavedMetric) => {
    close();
    onChange(now => setNode(now, node.key, {
      metric: { dataset_uuid: chosen.dataset_uuid, metric_name: chosen.metric_name, filters: [], time_column: null, empty: 'missing' },
      d3format: node.d3format ?? chosen.d3format,
      unit: node.unit ?? chosen.currency?.symbol ?? null,
    }), t('Link {name} to {metric}', { name: node.name, metric: chosen.label || chosen.metric_name }));
  };
  return (
    <>
      <Field name="metric" label={t('Saved metric')} errors={[...errorsOf('metric'), ...errorsOf('metric.metric_name'), ...errorsOf('metric.dataset_uuid')]}>
        {metric === null
          ? <Button id={idOf('metric')} type="primary" icon={<LinkOutlined />} onClick={() => setPicking(true)} data-test="kpi-metric-pick">{t('Choose a metric')}</Button>
          : <Chosen {...props} onPick={() => setPicking(true)} onSet={set} />}
      </Field>
      {picking && <MetricPicker doc={doc} node={node} onChoose={choose} onClose={close} />}
    </>
  );
}

function Chosen({ node, errorsOf, onPick, onSet, onChange }: SectionProps & { onPick(): void; onSet(next: Partial<Metric>, label: string): void }) {
  const { token } = theme.useToken();
  const { metric } = node;
  const readable = metric !== null && !isRestricted(metric) ? metric : null;
  const found = useAsked(readable && `${readable.dataset_uuid}/${readable.metric_name}`, signal => findMetric(readable!, signal));
  const saved = found.answer;
  const columns = useAsked(saved ? String(saved.dataset_id) : null, signal => columnsOf(saved!.dataset_id, signal));
  const change = <Button id={idOf('metric')} size="small" onClick={onPick} data-test="kpi-metric-pick">{t('Choose another')}</Button>;
  if (readable === null) {
    return <Alert type="info" message={t('It is linked to a metric that you may not read. Saved as it is, it stays linked.')} action={change} />;
  }
  const timeColumns = saved?.time_columns ?? (readable.time_column ? [readable.time_column] : []);
  return (
    <Space direction="vertical" style={{ width: '100%' }} data-test="kpi-metric-chosen" data-metric={readable.metric_name}>
      <Space wrap>
        <Typography.Text strong>{saved?.label || readable.metric_name}</Typography.Text>
        {saved && <Certified metric={saved} />}
        {saved && <Typography.Text type="secondary">{saved.dataset}</Typography.Text>}
        {change}
      </Space>
      {found.state === 'told' && saved === null && (
        <Alert type="warning" showIcon message={t('This metric is gone from its dataset, or you may not read the dataset. Choose another.')} />
      )}
      {saved && <pre style={{ whiteSpace: 'pre-wrap', margin: 0, padding: 8, background: token.colorFillTertiary, borderRadius: token.borderRadius }}>{saved.expression}</pre>}
      <Field name="metric.filters" label={t('Only rows where')} errors={errorsOf('metric.filters')}>
        <FiltersField filters={readable.filters} datasetId={saved?.dataset_id ?? null} columns={columns.answer ?? []}
          onChange={filters => onSet({ filters }, t('Filters of {name}', { name: node.name }))} />
      </Field>
      <Field name="metric.time_column" label={t('Time column')} errors={errorsOf('metric.time_column')}>
        <Select
          id={idOf('metric.time_column')}
          value={readable.time_column ?? ''}
          options={[
            { value: '', label: saved?.main_time_column ? t('The dataset’s own ({column})', { column: saved.main_time_column }) : t('The dataset’s own') },
            ...timeColumns.map(value => ({ value, label: value })),
          ]}
          onChange={value => onSet({ time_column: value || null }, t('Time column of {name}', { name: node.name }))}
        />
      </Field>
      <Checkbox
        checked={readable.empty === 'zero'}
        onChange={event => onSet({ empty: event.target.checked ? 'zero' : 'missing' }, t('Empty means 0 for {name}', { name: node.name }))}
      >
        {t('No matching row means 0, not missing')}
      </Checkbox>
      {node.accumulation === 'stock' && (
        <Field name="stock_reading" label={t('Which day it is read on')} errors={errorsOf('stock_reading')}>
          <Select
            id={idOf('stock_reading')}
            value={node.stock_reading}
            options={[
              { value: 'latest_day', label: t('The last day with data') },
              { value: 'to_date', label: t('Everything up to that day') },
            ]}
            onChange={stock_reading => onChange(now => setNode(now, node.key, { stock_reading }), t('Reading of {name}', { name: node.name }))}
          />
        </Field>
      )}
      <Field name="shift" label={t('Periods back')} help={t('0 reads the period itself; 1 the one before, as growth needs it.')} errors={errorsOf('shift')}>
        <NumberField name="shift" value={node.shift} least={0} whole onCommit={shift => onChange(now => setNode(now, node.key, { shift }), t('Periods back of {name}', { name: node.name }))} />
      </Field>
    </Space>
  );
}
