/** A year of targets for the whole tree: every KPI that is measured, last year and so many percent. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Modal, Space, Spin, Table, Typography } from 'antd';
import React, { useState } from 'react';
import { currentLocale, t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import type { NodeDoc, TreeDoc } from '../draft/document';
import { setNode } from '../draft/edits';
import { inReadingOrder } from '../draft/structure';
import { dayBefore } from '../node/days';
import { planYear, type Fill, type YearPlan } from '../node/ask';
import type { Change } from '../node/section';
import { useAsked } from '../node/useAsked';
import { proposedRows, rowAt, setAmounts, WHOLE } from './rows';
import { readNumber, separatorsOf } from './written';

interface Props {
  doc: TreeDoc;
  /** A day in the year to begin with; else today's. */
  since?: string | null;
  onChange(change: Change, label: string): void;
  onClose(): void;
}

export function TreeTargets({ doc, since = null, onChange, onClose }: Props) {
  useReturnedFocus();
  const [year, setYear] = useState<string | null>(since);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const nodes = inReadingOrder(doc).filter(takesTargets);
  const look = Object.fromEntries(nodes.slice(0, 1).map(({ key }) => [key, null]));
  const asked = useAsked(nodes.length ? JSON.stringify([year, Object.keys(look)]) : null, signal => planYear(doc, look, year, signal));
  const plan = asked.answer;

  const fills = fillsOf(nodes, typed);
  const ready = fills !== null && Object.keys(fills).length > 0;
  const fill = () => {
    if (!ready) return;
    setBusy(true);
    setProblem(null);
    planYear(doc, fills, year).then(
      filled => {
        onChange(now => withTargets(now, filled), t('Targets for {year}', { year: filled.year.name }));
        onClose();
      },
      (failure: Error) => {
        setProblem(failure.message);
        setBusy(false);
      },
    );
  };
  return (
    <Modal
      open
      width={680}
      title={t('Targets of the whole tree')}
      onCancel={onClose}
      onOk={fill}
      okText={plan ? t('Fill {year}', { year: plan.year.name }) : t('Fill')}
      cancelText={t('Close')}
      okButtonProps={{ disabled: !ready || plan === null, loading: busy, ...{ 'data-test': 'kpi-tree-targets-fill' } }}
    >
      <Space direction="vertical" size="middle" style={{ width: '100%' }} data-test="kpi-tree-targets" data-state={asked.state}>
        <Typography.Text type="secondary">
          {t('Each KPI gets last year’s actuals and so many percent. KPIs that are computed follow from those under them.')}
        </Typography.Text>
        {asked.state === 'failed' && <Alert type="error" showIcon message={t('The periods could not be read.')} description={asked.message} />}
        {plan === null && asked.state === 'asking' && <Spin />}
        {plan !== null && (
          <>
            <Space>
              <Button aria-label={t('The year before')} icon={<LeftOutlined />} onClick={() => setYear(dayBefore(plan.year.since))} />
              <Typography.Text strong data-test="kpi-tree-targets-year">{plan.year.name}</Typography.Text>
              <Button aria-label={t('The year after')} icon={<RightOutlined />} onClick={() => setYear(plan.year.until)} />
            </Space>
            <Table
              size="small"
              rowKey="key"
              pagination={false}
              scroll={{ y: 380 }}
              dataSource={nodes}
              columns={[
                { title: t('KPI'), dataIndex: 'name' },
                {
                  title: t('Targets'),
                  width: 130,
                  render: (_, node) => <span data-test="kpi-tree-targets-count" data-key={node.key}>{entered(node, plan)} / {plan.periods.length}</span>,
                },
                {
                  title: t('Growth in percent'),
                  width: 160,
                  render: (_, node) => (
                    <Input
                      aria-label={t('Growth of {name} in percent', { name: node.name })}
                      data-test="kpi-tree-targets-percent"
                      data-key={node.key}
                      suffix="%"
                      value={typed[node.key] ?? ''}
                      status={percentOf(typed[node.key]) === undefined ? 'error' : undefined}
                      onChange={event => setTyped({ ...typed, [node.key]: event.target.value })}
                      onPressEnter={fill}
                    />
                  ),
                },
              ]}
            />
          </>
        )}
        {problem !== null && <Alert type="warning" showIcon message={problem} data-test="kpi-tree-targets-problem" />}
      </Space>
    </Modal>
  );
}

/** Those whose targets somebody enters: what is computed follows, a band is entered by hand. */
const takesTargets = (node: NodeDoc): boolean =>
  node.source !== 'formula' && node.direction !== 'maintain' && node.target_metric === null;

const entered = (node: NodeDoc, plan: YearPlan): number =>
  plan.periods.filter(period => rowAt(node.targets, period, WHOLE) !== undefined).length;

/** The percentage typed for a node: null where there is none, undefined where it is no number. */
function percentOf(text = ''): number | null | undefined {
  const number = readNumber(text.replace('%', ''), separatorsOf(currentLocale()));
  return Number.isNaN(number) ? undefined : number;
}

/** What is to be filled; null while something typed is no number. */
function fillsOf(nodes: readonly NodeDoc[], typed: Record<string, string>): Record<string, Fill> | null {
  const fills: Record<string, Fill> = {};
  for (const { key } of nodes) {
    const percent = percentOf(typed[key]);
    if (percent === undefined) return null;
    if (percent !== null) fills[key] = { how: 'grow', percent };
  }
  return fills;
}

function withTargets(doc: TreeDoc, { periods, nodes }: YearPlan): TreeDoc {
  return doc.nodes.reduce((now, node) => {
    const proposed = nodes[node.key]?.proposed;
    return proposed ? setNode(now, node.key, { targets: setAmounts(node.targets, WHOLE, 'value', proposedRows(periods, proposed)) }) : now;
  }, doc);
}
