import { Button, Skeleton, Tooltip } from 'antd';
import React, { useEffect, useReducer, useRef } from 'react';
import { t } from '../../i18n';
import { toneOf } from '../../tree/status';
import { reasonWord } from '../../tree/words';
import { Spark } from '../../view/card/Spark';
import { amount, share } from '../../view/numbers';
import { StatusPill } from '../../view/StatusPill';
import type { TreeRow } from '../api';
import type { Figure, Figures, Goal } from './figures';
import { useSeen } from './useSeen';

interface Props {
  row: TreeRow;
  figures: Figures;
  layout: 'card' | 'line';
}

/** How a tree's goal stands: asked for once it is in sight. */
export function GoalFigure({ row, figures, layout }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useSeen(place);
  const [, came] = useReducer((count: number) => count + 1, 0);
  useEffect(() => figures.subscribe(came), [figures]);
  useEffect(() => {
    if (!seen) return undefined;
    figures.want(row);
    return () => figures.leave(row);
  }, [seen, figures, row]);
  const figure = figures.of(row);
  return (
    <div ref={place} className={`kpi-list-goal kpi-goal-${layout}`} data-test="kpi-goal-figure" data-state={figure.state}>
      <Told figure={figure} layout={layout} onRetry={() => figures.retry(row)} />
    </div>
  );
}

function Told({ figure, layout, onRetry }: { figure: Figure; layout: Props['layout']; onRetry: () => void }) {
  if (figure.state === 'waiting') return <Skeleton active title={false} paragraph={{ rows: layout === 'card' ? 2 : 1 }} />;
  if (figure.state === 'failed') {
    return (
      <span className="kpi-goal-failed" role="alert">
        {figure.error.message || t('The server did not answer.')}{' '}
        <Button type="link" size="small" onClick={onRetry}>{t('Try again')}</Button>
      </span>
    );
  }
  const { goal } = figure;
  return (
    <>
      <Attainment goal={goal} />
      <StatusPill status={goal.status} hook="kpi-list-status" />
      <span className={`kpi-goal-trend kpi-tone-${toneOf(goal.status)}`}><Spark series={goal.series} open={goal.open} width={120} height={layout === 'card' ? 44 : 32} /></span>
    </>
  );
}

function Attainment({ goal: { attainment, actual, target, node, reason } }: { goal: Goal }) {
  const shape = node ?? { d3format: null, unit: null };
  const told = attainment === null && reason ? reason.message || reasonWord(reason.code) : null;
  const numbers = `${t('Actual')}: ${amount(actual, shape)} · ${t('Target')}: ${amount(target, shape)}`;
  return (
    <Tooltip title={told ? `${told} ${numbers}` : numbers}>
      <span
        className="kpi-goal-attainment"
        data-test="kpi-list-attainment"
        data-value={attainment ?? ''}
        data-reason={attainment === null ? reason?.code ?? '' : undefined}
      >
        {share(attainment)}
      </span>
    </Tooltip>
  );
}
