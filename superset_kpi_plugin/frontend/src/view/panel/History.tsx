import React, { useState, type KeyboardEvent } from 'react';
import { evaluate } from '../../api/client';
import type { EvaluationWindow, History as Periods, NodeHistory, ReasonCode, TreeNode } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { historyScale } from '../../tree/panelHistory';
import { toneOf } from '../../tree/status';
import { formatWindow } from '../../tree/window';
import { reasonWord, statusWord } from '../../tree/words';
import { amount, share } from '../numbers';
import { Loaded } from './Loaded';
import type { Subject } from './subject';
import { useAnswer } from './useAnswer';
import { tall } from '../tall';

const PERIODS = 12;

/** Actual and target of the last periods, as they are: nothing supposed. */
export function History({ subject, node }: { subject: Subject; node: TreeNode }) {
  const { tree, request, real } = subject;
  const known = (real.history?.periods.length ?? 0) >= PERIODS ? real.history : null;
  const { answer, retry } = useAnswer(real, known ? null : 'history', signal =>
    evaluate(tree, { ...request, history: PERIODS }, signal),
  );
  if (known) return <Chart history={known} node={node} />;
  return (
    <Loaded hook="kpi-history" answer={answer} onRetry={retry}>
      {({ history }) => (history ? <Chart history={history} node={node} /> : null)}
    </Loaded>
  );
}

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

function Chart({ history, node }: { history: Periods; node: TreeNode }) {
  const told = history.nodes[node.key];
  const last = history.periods.length - 1;
  const [at, setAt] = useState(last);
  if (!told || last < 0) return <p className="kpi-panel-note">{t('There are no periods before this one.')}</p>;
  const { zero, bars } = historyScale(told);
  const locale = currentLocale();
  const current = Math.min(at, last);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(Math.max(current + step, 0), last);
    setAt(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="kpi-history" data-test="kpi-history" data-state="ready">
      <div className="kpi-history-plot" role="group" aria-label={t('Actual and target of the last periods')} onKeyDown={move}>
        <span className="kpi-history-zero" style={{ bottom: percent(zero) }} />
        {history.periods.map((period, index) => {
          const { bar, target } = bars[index] ?? { bar: null, target: null };
          const status = told.status[index] ?? 'no_data';
          return (
            <button
              key={period.since}
              type="button"
              tabIndex={index === current ? 0 : -1}
              aria-pressed={index === current}
              aria-label={spoken(period, told, index, node)}
              className={`kpi-history-period kpi-tone-${toneOf(status)}`}
              data-test="kpi-history-period"
              data-name={period.name ?? period.since}
              data-value={told.actual[index] ?? ''}
              onFocus={() => setAt(index)}
              onMouseEnter={() => setAt(index)}
              onClick={() => setAt(index)}
            >
              {bar ? (
                <i className={period.closed ? '' : 'kpi-history-open'} style={{ bottom: percent(bar[0]), ...tall(percent(bar[1] - bar[0])) }} />
              ) : (
                <i className="kpi-history-gap" />
              )}
              {target !== null && <b style={{ bottom: percent(target) }} />}
            </button>
          );
        })}
      </div>
      <div className="kpi-history-axis" aria-hidden="true">
        {history.periods.map((period, index) => (
          <span key={period.since}>{(last - index) % Math.ceil((last + 1) / 12) === 0 ? shortName(period, locale) : ''}</span>
        ))}
      </div>
      <p className="kpi-history-told" data-test="kpi-history-told">
        <b>{formatWindow(history.periods[current]!, locale)}</b> {read(told, current, node)}
      </p>
      <p className="kpi-history-key" aria-hidden="true">
        <i /> {t('Actual, in the colour of its status')} <b /> {t('Target')}
      </p>
    </div>
  );
}

function spoken(period: EvaluationWindow, told: NodeHistory, index: number, node: TreeNode): string {
  return `${formatWindow(period, currentLocale())}: ${read(told, index, node)}`;
}

function read(told: NodeHistory, index: number, node: TreeNode): string {
  const [actual, target, attainment] = [told.actual[index], told.target[index], told.attainment[index]];
  const reason = codeOf(told.reason[index] ?? null);
  return [
    `${t('Actual')}: ${actual === null && reason ? reasonWord(reason) : amount(actual ?? null, node)}`,
    `${t('Target')}: ${amount(target ?? null, node)}`,
    attainment === null || attainment === undefined ? '' : `${t('Attainment')}: ${share(attainment)}`,
    statusWord(told.status[index] ?? 'no_data'),
  ].filter(Boolean).join(' · ');
}

function codeOf(reason: NodeHistory['reason'][number]): ReasonCode | null {
  return reason !== null && typeof reason === 'object' ? reason.code : reason;
}

/** "Oct" for a month, "W40" or "Q4" for what is named so. */
function shortName({ name, since }: EvaluationWindow, locale: string): string {
  if (!name || /^\d{4}-\d{2}$/.test(name)) {
    const month = new Intl.DateTimeFormat(locale, { month: locale === 'vi' || locale === 'ja' ? 'numeric' : 'short', timeZone: 'UTC' });
    return month.format(new Date(`${since}T00:00:00Z`));
  }
  return name.replace(/^(?:FY)?\d{4}-/, '').slice(0, 6);
}
