import React from 'react';
import type { ComponentProof, ProofPeriod, Reason } from '../../api/types';
import type { Shape } from '../../tree/format';
import { currentLocale, t } from '../../i18n';
import { verdictTone } from '../../tree/linkProof';
import { verdictWord, type Verdict } from '../../tree/panelWords';
import { formatWindow } from '../../tree/window';
import { reasonWord } from '../../tree/words';
import { amount, share } from '../numbers';
import { VerdictIcon } from '../proof/VerdictIcon';

interface Props {
  row: ComponentProof;
  /** How the node's numbers are written. */
  shape: Shape;
  tolerance: number;
  nameOf: (key: string) => string;
}

/** What the closed periods say about a formula: the verdict, what it rests on, and every period. */
export function ComponentVerdict({ row, shape, tolerance, nameOf }: Props) {
  return (
    <div className="kpi-verdict" data-test="kpi-proof-component">
      <Pill verdict={row.verdict} />
      <p>{t('What was measured against the formula over {drivers}', { drivers: row.children.map(nameOf).join(', ') })}</p>
      <p className="kpi-panel-note">
        {t('n = {count} periods · median error {median} · largest error {largest} · proven within {tolerance}', {
          count: row.count,
          median: known(row, 'median', share),
          largest: known(row, 'largest', share),
          tolerance: share(tolerance),
        })}
      </p>
      {row.unexplained !== null && (
        <p className="kpi-panel-note">{t('Unexplained in the last closed period: {amount}', { amount: amount(row.unexplained, shape) })}</p>
      )}
      <LeftOut count={row.left_out} reason={row.reason} />
      {row.periods.length > 0 && <Periods {...{ row, shape }} />}
    </div>
  );
}

function Periods({ row, shape }: Pick<Props, 'row' | 'shape'>) {
  const locale = currentLocale();
  const write = (value: number) => amount(value, shape);
  return (
    <div className="kpi-panel-scroll">
      <table className="kpi-panel-table" data-test="kpi-proof-periods">
        <caption>{t('Every closed period that was looked at, the latest first:')}</caption>
        <thead>
          <tr>
            {[t('Period'), t('By the formula'), t('Measured'), t('Off by'), t('Verdict')].map(head => <th key={head} scope="col">{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {[...row.periods].reverse().map(period => {
            const verdict = verdictOf(period);
            return (
              <tr key={period.since} data-test="kpi-proof-period" data-value={verdict}>
                <th scope="row">{formatWindow({ ...period, as_of: period.until, closed: true }, locale)}</th>
                <td>{known(period, 'formula', write)}</td>
                <td>{known(period, 'measured', write)}</td>
                <td>{known(period, 'error', share)}</td>
                <td className={`kpi-tone-${verdict === 'unproven' ? 'neutral' : verdictTone(verdict)}`}>
                  <span className="kpi-period-verdict"><VerdictIcon verdict={verdict} /> {PERIOD_WORDS[verdict]()}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const PERIOD_WORDS: Record<ComponentProof['verdict'], () => string> = {
  proven: () => t('Holds'),
  disproven: () => t('Does not hold'),
  unproven: () => t('Left out'),
};

const verdictOf = ({ holds }: ProofPeriod): ComponentProof['verdict'] => (holds === null ? 'unproven' : holds ? 'proven' : 'disproven');

export function known<Name extends string>(
  row: Record<Name, number | null> & { reasons: Record<string, Reason> },
  name: Name,
  write: (value: number) => string,
): string {
  const value = row[name];
  const reason = row.reasons[name];
  return value !== null ? write(value) : reason ? reasonWord(reason.code) : '–';
}

export function LeftOut({ count, reason }: { count: number; reason: Reason | null }) {
  if (count === 0) return null;
  return (
    <p className="kpi-panel-note">
      {t('Left out, because a side is undefined: {count}.', { count })} {reason?.message}
    </p>
  );
}

export function Pill({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`kpi-pill kpi-tone-${verdictTone(verdict)}`} data-test="kpi-proof-verdict" data-value={verdict}>
      <VerdictIcon verdict={verdict} /> {verdictWord(verdict)}
    </span>
  );
}
