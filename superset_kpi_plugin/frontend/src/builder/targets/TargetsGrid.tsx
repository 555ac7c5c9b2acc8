/** Targets (or typed-in actuals) of a node, a year at a time, with last year's actuals beside. */
import { getNumberFormatter } from '@superset-ui/core';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Space, Spin, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import { formatAmount } from '../../tree/format';
import type { ManualValue, NodeDoc, TargetRow, TreeDoc } from '../draft/document';
import { dayBefore } from '../node/days';
import { planYear, type Fill, type YearPlan } from '../node/ask';
import { useAsked } from '../node/useAsked';
import { FillBar } from './FillBar';
import { PeriodGrid, type GridChange, type GridColumn } from './PeriodGrid';
import { forMember } from './members';
import { isOf, proposedRows, removeRow, rowAt, rowsAcross, setAmount, setAmounts, WHOLE, type Amount, type Whose } from './rows';

interface Props {
  doc: TreeDoc;
  node: NodeDoc;
  whose?: Whose;
  /** A day in the year to begin with; else today's. */
  since?: string | null;
  onChange(rows: TargetRow[], label: string): void;
}

const hostFormat = (format: string, value: number) => getNumberFormatter(format)(value);

export function TargetsGrid({ doc, node, whose = WHOLE, since, onChange }: Props) {
  const labels: Record<Amount, string> = {
    value: t('Target'), baseline: t('Baseline'), lower: t('Lower bound'), upper: t('Upper bound'),
  };
  const amounts: Amount[] = node.direction === 'maintain' ? ['lower', 'upper'] : ['value', 'baseline'];
  return (
    <YearOfPeriods doc={doc} node={node} whose={whose} since={since}>
      {({ plan, fill, busy, problem }) => {
        const columns = amounts.map(amount => ({
          id: amount,
          label: labels[amount],
          values: plan.periods.map(period => rowAt(node.targets, period, whose)?.[amount] ?? null),
        }));
        const set = (changes: readonly GridChange[]) =>
          onChange(
            changes.reduce(
              (rows, { row, column, value }) => setAmount(rows, plan.periods[row]!, whose, column as Amount, value),
              node.targets,
            ),
            t('Targets of {name}', { name: node.name }),
          );
        const across = [...new Set(plan.periods.flatMap(period => rowsAcross(node.targets, period, whose)))];
        return (
          <>
            {node.direction !== 'maintain' && (
              <FillBar
                adds={node.accumulation === 'flow'}
                year={plan.year.name}
                busy={busy}
                problem={problem}
                onFill={how =>
                  fill(how, values =>
                    onChange(
                      setAmounts(node.targets, whose, 'value', proposedRows(plan.periods, values)),
                      t('Targets of {name}', { name: node.name }),
                    ),
                  )
                }
              />
            )}
            {across.map(row => (
              <Alert
                key={row.start + row.end}
                type="info"
                data-test="kpi-grid-across"
                message={t('One target lies across these periods: {amount} from {start} until {end}. It makes way for what you enter.', {
                  amount: shownAmount(row.value, node), start: row.start, end: row.end,
                })}
                action={<Button size="small" onClick={() => onChange(removeRow(node.targets, row), t('Remove a target'))}>{t('Remove')}</Button>}
              />
            ))}
            <YearGrid plan={plan} node={node} columns={columns} label={t('Targets of {name}', { name: node.name })} onChange={set} />
            <OtherYears rows={node.targets.filter(row => isOf(row, whose))} plan={plan} />
          </>
        );
      }}
    </YearOfPeriods>
  );
}

/** Typed-in actuals, in the same grid. */
export function ManualGrid({ doc, node, onChange }: Omit<Props, 'onChange' | 'whose' | 'since'> & { onChange(rows: ManualValue[], label: string): void }) {
  return (
    <YearOfPeriods doc={doc} node={node}>
      {({ plan }) => {
        const at = (start: string, end: string) => node.manual_values.find(row => row.start === start && row.end === end);
        const columns = [
          { id: 'value', label: t('Actual'), values: plan.periods.map(({ start, end }) => at(start, end)?.value ?? null) },
        ];
        const set = (changes: readonly GridChange[]) => {
          const rows = changes.reduce((all, { row, value }) => {
            const { start, end } = plan.periods[row]!;
            const others = all.filter(one => one.end <= start || one.start >= end);
            return value === null ? others : [...others, { start, end, value }];
          }, node.manual_values);
          onChange([...rows].sort((a, b) => (a.start < b.start ? -1 : 1)), t('Actuals of {name}', { name: node.name }));
        };
        return <YearGrid plan={plan} node={node} columns={columns} label={t('Actuals of {name}', { name: node.name })} onChange={set} />;
      }}
    </YearOfPeriods>
  );
}

interface Shown {
  plan: YearPlan;
  busy: boolean;
  problem: string | null;
  fill(how: Fill, take: (values: (number | null)[]) => void): void;
}

/** Asks the server which periods a year has, and turns the year. */
function YearOfPeriods({ doc: whole, node, whose = WHOLE, since = null, children }: Pick<Props, 'doc' | 'node' | 'whose' | 'since'> & { children(shown: Shown): React.ReactNode }) {
  const [year, setYear] = useState<string | null>(since);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Beside a member's targets stand the member's own actuals.
  const doc = forMember(whole, whose);
  const { grain, fiscal_year_start_month, week_start, periods } = doc;
  // Not the targets: they change with every number typed, and what the year before was does not.
  const question = JSON.stringify([year, whose, node.key, node.metric, node.formula, node.source, grain, fiscal_year_start_month, week_start, periods]);
  const asked = useAsked(question, signal => planYear(doc, { [node.key]: null }, year, signal));

  const fill = (how: Fill, take: (values: (number | null)[]) => void) => {
    setBusy(true);
    setProblem(null);
    planYear(doc, { [node.key]: how }, year)
      .then(({ nodes }) => take(nodes[node.key]?.proposed ?? []), (failure: Error) => setProblem(failure.message))
      .finally(() => setBusy(false));
  };
  if (asked.state === 'failed') return <Alert type="error" showIcon message={t('The periods could not be read.')} description={asked.message} />;
  if (asked.answer === null) return <Spin data-test="kpi-grid-loading" />;
  const plan = asked.answer;
  return (
    <Space direction="vertical" size="middle" style={{ width: '100%' }} data-test="kpi-year" data-state={asked.state}>
      <Space>
        <Button aria-label={t('The year before')} icon={<LeftOutlined />} onClick={() => setYear(dayBefore(plan.year.since))} data-test="kpi-year-before" />
        <Typography.Text strong data-test="kpi-year-name">{plan.year.name}</Typography.Text>
        <Button aria-label={t('The year after')} icon={<RightOutlined />} onClick={() => setYear(plan.year.until)} data-test="kpi-year-after" />
      </Space>
      {plan.periods.length > 0 ? children({ plan, busy, problem, fill }) : <Empty description={t('No period of the tree begins in this year. Add some in the tree’s settings.')} />}
    </Space>
  );
}

function YearGrid({ plan, node, columns, label, onChange }: {
  plan: YearPlan; node: NodeDoc; columns: GridColumn[]; label: string; onChange(changes: GridChange[]): void;
}) {
  return (
    <PeriodGrid
      label={label}
      periods={plan.periods.map(({ name }) => name)}
      beside={{ label: t('Actual, the year before'), texts: plan.periods.map((_, at) => shownAmount(plan.nodes[node.key]?.last_year[at] ?? null, node)) }}
      columns={columns}
      percent={node.d3format?.includes('%') ?? false}
      format={value => shownAmount(value, node)}
      onChange={onChange}
    />
  );
}

function OtherYears({ rows, plan }: { rows: readonly TargetRow[]; plan: YearPlan }) {
  const others = rows.filter(row => row.end <= plan.year.since || row.start >= plan.year.until);
  if (others.length === 0) return null;
  return (
    <Typography.Text type="secondary">
      {t('Targets in other years: {count}, from {start} until {end}.', {
        count: others.length, start: others[0]!.start, end: others[others.length - 1]!.end,
      })}
    </Typography.Text>
  );
}

const shownAmount = (value: number | null, node: NodeDoc): string => formatAmount(value, node, hostFormat);
