/** A metric's filters, in Superset's own form: simple ones by column, or custom SQL. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select, Space } from 'antd';
import React, { useEffect, useState } from 'react';
import { t } from '../../i18n';
import type { AdhocFilter } from '../draft/document';
import { valuesOf, type Column } from './ask';
import { isComplete, OPERATORS, operatorName, takesList, takesNothing, typed, withOperator } from './filters';
import { useAsked } from './useAsked';

interface Props {
  filters: readonly AdhocFilter[];
  datasetId: number | null;
  columns: readonly Column[];
  onChange(filters: AdhocFilter[]): void;
}

const FRESH: AdhocFilter = { expressionType: 'SIMPLE', clause: 'WHERE', subject: null, operator: '==', comparator: null };

/** Filters that are begun stay here until they are whole: half a filter is no edit. */
export function FiltersField({ filters, datasetId, columns, onChange }: Props) {
  const [rows, setRows] = useState<AdhocFilter[]>([...filters]);
  const stored = JSON.stringify(filters);
  useEffect(() => {
    setRows(now => (JSON.stringify(now.filter(isComplete)) === stored ? now : [...filters]));
  }, [stored]);
  const change = (next: AdhocFilter[]) => {
    setRows(next);
    const whole = next.filter(isComplete);
    if (JSON.stringify(whole) !== stored) onChange(whole);
  };
  return (
    <Space direction="vertical" style={{ width: '100%' }} data-test="kpi-filters">
      {rows.map((filter, at) => (
        <FilterRow
          key={at}
          filter={filter}
          datasetId={datasetId}
          columns={columns}
          onChange={next => change(rows.map((one, index) => (index === at ? next : one)))}
          onRemove={() => change(rows.filter((_, index) => index !== at))}
        />
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => setRows([...rows, FRESH])} data-test="kpi-filter-add">
        {t('Add filter')}
      </Button>
    </Space>
  );
}

interface RowProps {
  filter: AdhocFilter;
  datasetId: number | null;
  columns: readonly Column[];
  onChange(filter: AdhocFilter): void;
  onRemove(): void;
}

function FilterRow({ filter, datasetId, columns, onChange, onRemove }: RowProps) {
  const simple = filter.expressionType === 'SIMPLE';
  return (
    <div className="kpi-filter-row" data-test="kpi-filter-row">
      <Segmented
        size="small"
        value={filter.expressionType}
        options={[{ value: 'SIMPLE', label: t('Simple') }, { value: 'SQL', label: 'SQL' }]}
        onChange={kind => onChange(kind === 'SQL' ? { expressionType: 'SQL', clause: 'WHERE', sqlExpression: '' } : FRESH)}
      />
      <Button type="text" size="small" aria-label={t('Remove filter')} icon={<DeleteOutlined />} onClick={onRemove} data-test="kpi-filter-remove" />
      {simple
        ? <Space.Compact block><SimpleFilter filter={filter} datasetId={datasetId} columns={columns} onChange={onChange} /></Space.Compact>
        : <SqlFilter filter={filter} onChange={onChange} />}
    </div>
  );
}

function SimpleFilter({ filter, datasetId, columns, onChange }: Omit<RowProps, 'onRemove'>) {
  const operator = filter.operator ?? '==';
  const column = columns.find(one => one.column_name === filter.subject);
  return (
    <>
      <Select
        showSearch
        aria-label={t('Column')}
        data-test="kpi-filter-column"
        placeholder={t('Column')}
        value={filter.subject ?? undefined}
        style={{ flex: 2, minWidth: 0 }}
        options={columns.map(one => ({ value: one.column_name, label: one.verbose_name || one.column_name }))}
        onChange={subject => onChange({ ...filter, subject, comparator: takesList(operator) ? [] : null })}
      />
      <Select
        aria-label={t('Operator')}
        data-test="kpi-filter-operator"
        value={operator}
        style={{ flex: 1.4, minWidth: 0 }}
        options={[...new Set([...OPERATORS, operator])].map(value => ({ value, label: operatorName(value) }))}
        onChange={value => onChange(withOperator(filter, value))}
      />
      {!takesNothing(operator) && (
        <Values
          filter={filter}
          datasetId={datasetId}
          onChange={comparator => onChange({
            ...filter,
            comparator: Array.isArray(comparator) ? comparator.map(one => typed(one, column?.type ?? null)) : typed(comparator, column?.type ?? null),
          })}
        />
      )}
    </>
  );
}

/** Values offered as the column has them; others may be typed. */
function Values({ filter, datasetId, onChange }: { filter: AdhocFilter; datasetId: number | null; onChange(comparator: unknown): void }) {
  const list = takesList(filter.operator ?? '');
  const question = datasetId !== null && filter.subject ? `${datasetId}/${filter.subject}` : null;
  const asked = useAsked(question, signal => valuesOf(datasetId!, filter.subject!, signal));
  const values = Array.isArray(filter.comparator) ? filter.comparator : filter.comparator == null ? [] : [filter.comparator];
  const offered = (asked.answer ?? []).filter(value => value !== null).map(value => ({ value, label: String(value) }));
  return (
    <Select
      mode="tags"
      maxCount={list ? undefined : 1}
      aria-label={list ? t('Values') : t('Value')}
      data-test="kpi-filter-value"
      loading={question !== null && asked.state === 'asking'}
      placeholder={list ? t('Values') : t('Value')}
      value={values as (string | number)[]}
      options={offered}
      style={{ flex: 2, minWidth: 0 }}
      onChange={(next: (string | number)[]) => onChange(list ? next : (next[0] ?? null))}
    />
  );
}

function SqlFilter({ filter, onChange }: { filter: AdhocFilter; onChange(filter: AdhocFilter): void }) {
  const [sql, setSql] = useState(filter.sqlExpression ?? '');
  return (
    <Input.TextArea
      autoSize
      aria-label={t('Custom SQL filter')}
      data-test="kpi-filter-sql"
      placeholder="channel = 'web' AND amount > 0"
      value={sql}
      onChange={event => setSql(event.target.value)}
      onBlur={() => onChange({ ...filter, sqlExpression: sql })}
    />
  );
}
