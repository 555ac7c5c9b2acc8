import { Alert, Button, Select, Table, Tooltip, type TableColumnsType } from 'antd';
import React, { useEffect, useMemo, useRef, useState } from 'react';
import type { NodeDoc, TreeDoc } from '../../builder/draft/document';
import { rootOf } from '../../builder/draft/structure';
import { MetricPicker } from '../../builder/node/MetricPicker';
import { t } from '../../i18n';
import type { MetricProposal, Proposed } from '../api';
import { firstChoice, formulaInNames, isOpen, outlineOf, withMetrics, type Chosen, type Line, type MetricRef } from './links';

interface Props {
  proposed: Proposed;
  onBack: () => void;
  onOpen: (document: TreeDoc) => void;
}

const LATER = '';
const OTHER = '+';
const idOf = ({ dataset_uuid, metric_name }: Pick<MetricRef, 'dataset_uuid' | 'metric_name'>) => `${dataset_uuid} ${metric_name}`;

/** The proposed tree, node by node, with the metrics that may be what its nodes read: to confirm, change or leave open. */
export function Review({ proposed: { document, proposals, note }, onBack, onOpen }: Props) {
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(document, proposals));
  const [picking, setPicking] = useState<NodeDoc | null>(null);
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus({ preventScroll: true }), []);
  const lines = useMemo(() => outlineOf(document), [document]);
  const put = (key: string, metric: MetricRef | null) =>
    setChosen(({ [key]: _, ...rest }) => (metric ? { ...rest, [key]: metric } : rest));
  const settled = withMetrics(document, chosen, proposals);
  const waiting = settled.nodes.filter(isOpen).length;
  const implied = document.nodes.some(({ key, metric }) => metric !== null && key === rootOf(document));
  const columns: TableColumnsType<Line> = [
    {
      key: 'name',
      title: t('KPI'),
      render: (_, { node, level }) => (
        <Tooltip title={node.description}>
          <span className="kpi-review-name" style={{ paddingLeft: level * 20 }} dir="auto">
            {node.name}
            {node.unit && <span className="kpi-muted"> · {node.unit}</span>}
            {level === 0 && <span className="kpi-pill kpi-tag kpi-tone-neutral">{t('KGI')}</span>}
          </span>
        </Tooltip>
      ),
    },
    {
      key: 'formula',
      title: t('Formula'),
      render: (_, { node }) => node.formula && <span className="kpi-muted">{formulaInNames(node.formula, document)}</span>,
    },
    {
      key: 'metric',
      title: t('Reads the metric'),
      width: '42%',
      render: (_, { node }) => (
        <MetricChoice
          node={node}
          options={proposals[node.key] ?? []}
          chosen={chosen[node.key] ?? null}
          onChoose={metric => put(node.key, metric)}
          onOther={() => setPicking(node)}
        />
      ),
    },
  ];
  return (
    <section ref={section} tabIndex={-1} aria-label={document.name} data-test="kpi-review">
      {note ? (
        <Alert type="info" showIcon message={note} data-test="kpi-review-note" />
      ) : (
        <p className="kpi-start-lead">
          {implied
            ? t('This is what the metric’s own SQL is made of. Keep what is right, change what is not, and leave open what you have no metric for yet: you can link it later.')
            : t('These metrics of your datasets match by name. Keep what is right, change what is not, and leave open what you have no metric for yet: you can link it later.')}
        </p>
      )}
      <Table<Line>
        className="kpi-review"
        rowKey={line => line.node.key}
        size="small"
        pagination={false}
        columns={columns}
        dataSource={lines}
        onRow={({ node }) => ({ 'data-test': 'kpi-review-row', 'data-key': node.key }) as object}
      />
      <footer className="kpi-start-foot">
        <Button onClick={onBack} data-test="kpi-review-back">{t('Back')}</Button>
        <span className="kpi-muted" data-test="kpi-review-waiting" data-value={waiting}>
          {waiting ? t('KPIs that are still open: {count}', { count: waiting }) : t('Every KPI has its numbers.')}
        </span>
        <Button type="primary" data-test="kpi-review-open" onClick={() => onOpen(settled)}>
          {t('Open in the editor')}
        </Button>
      </footer>
      {picking && (
        <MetricPicker
          doc={document}
          node={picking}
          onChoose={metric => {
            put(picking.key, metric);
            setPicking(null);
          }}
          onClose={() => setPicking(null)}
        />
      )}
    </section>
  );
}

interface ChoiceProps {
  node: NodeDoc;
  options: MetricProposal[];
  chosen: MetricRef | null;
  onChoose: (metric: MetricRef | null) => void;
  onOther: () => void;
}

function MetricChoice({ node, options, chosen, onChoose, onOther }: ChoiceProps) {
  if (node.source === 'metric' && node.metric !== null && !chosen && !options.length) {
    return <span>{'metric_name' in node.metric ? node.metric.metric_name : t('No access to the data')}</span>;
  }
  const known = chosen && !options.some(option => idOf(option) === idOf(chosen)) ? [...options, { ...chosen, why: '', expression: '' }] : options;
  const why = options.find(option => chosen && idOf(option) === idOf(chosen))?.why;
  return (
    <div className="kpi-review-choice">
      <Select<string>
        aria-label={t('Metric of {name}', { name: node.name })}
        data-test="kpi-review-metric"
        data-value={chosen ? chosen.metric_name : ''}
        value={chosen ? idOf(chosen) : LATER}
        onChange={id => (id === OTHER ? onOther() : onChoose(known.find(option => idOf(option) === id) ?? null))}
        options={[
          ...known.map(option => ({
            value: idOf(option),
            label: `${option.label} · ${option.dataset}`,
            title: option.expression,
          })),
          { value: LATER, label: node.source === 'formula' ? t('Nothing: it is computed') : t('Leave open for now') },
          { value: OTHER, label: t('Another metric …') },
        ]}
      />
      {why && <span className="kpi-muted">{why}</span>}
    </div>
  );
}
