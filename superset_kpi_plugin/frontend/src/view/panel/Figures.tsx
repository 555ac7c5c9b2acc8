import React from 'react';
import type { NodeResult, NumberName, TreeNode } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { stillNeeded } from '../../tree/facts';
import { reasonWord } from '../../tree/words';
import { formatDay } from '../../tree/window';
import { Figure } from '../Figure';
import { amount, share } from '../numbers';
import { Undefined } from './Loaded';

const SHARES: NumberName[] = ['attainment', 'score', 'coverage', 'pace', 'paced_score', 'forecast_attainment'];

/** The numbers of one node, and why those that are missing are. */
export function Figures({ node, result }: { node: TreeNode; result: NodeResult }) {
  const banded = result.lower !== null || result.upper !== null || node.direction === 'maintain';
  const figures: [NumberName, string][] = [
    ['actual', t('Actual')],
    ...(banded ? ([['lower', t('At least')], ['upper', t('At most')]] as [NumberName, string][]) : ([['target', t('Target')]] as [NumberName, string][])),
    ['attainment', t('Attainment')],
    ['score', t('Score')],
    ['variance', t('Variance')],
    ['expected', t('Expected by now')],
    ['pace', t('Pace')],
    ['forecast', t('Forecast')],
    ['forecast_attainment', t('Forecast attainment')],
    ['needed_per_day', t('Needed per day')],
    ['baseline', t('Baseline')],
    ['unexplained', t('Unexplained')],
    ['coverage', t('Coverage')],
  ];
  const told = { ...result, needed_per_day: stillNeeded(node, result) };
  const shown = figures.filter(([name], index) => index < 4 || told[name] !== null);
  const why = ['actual', 'target', 'attainment'].map(name => result.reasons[name as NumberName]).find(Boolean);
  return (
    <>
      <dl className="kpi-figures">
        {shown.map(([name, word]) => (
          <div key={name}>
            <dt>{word}</dt>
            <dd>
              <Figure
                hook={`kpi-panel-${name}`}
                value={result[name]}
                text={SHARES.includes(name) ? share(result[name]) : amount(result[name], node)}
                reason={result.reasons[name]}
              />
            </dd>
          </div>
        ))}
      </dl>
      {why && <Undefined hook="kpi-panel-reason" word={reasonWord(why.code)} message={why.message} />}
      {result.data_through && (
        <p className="kpi-panel-note">{t('Data through {day}', { day: formatDay(result.data_through, currentLocale()) })}</p>
      )}
    </>
  );
}
