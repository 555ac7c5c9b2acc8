import React, { Fragment, type ReactNode } from 'react';
import type { NodeResult, TreeNode } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { personName } from '../../tree/filter';
import { formulaInWords, formulaParts } from '../../tree/panelFormula';
import { accumulationWord, directionWord, rollupWord, sourceWord } from '../../tree/panelWords';
import { formatWindow } from '../../tree/window';
import { amount, share } from '../numbers';
import { nameOf, type Subject } from './subject';

/** What the node means: its words, its formula, who answers for it. */
export function Definition({ subject, node }: { subject: Subject; node: TreeNode }) {
  const { real } = subject;
  const parents = real.tree.links.filter(link => link.child === node.key);
  const drivers = real.tree.links.some(link => link.parent === node.key);
  const rows: [string, ReactNode][] = [
    [t('Source'), sourceWord(node)],
    [t('Direction'), directionWord(node)],
    [t('Accumulation'), accumulationWord(node)],
    [t('Owner'), node.owner ? personName(node.owner) : t('Nobody yet')],
    [t('Department'), node.department ?? t('None')],
    [t('Unit'), node.unit ?? t('None')],
    [
      t('Thresholds'),
      t('On track from {on_track}, at risk from {at_risk}', {
        on_track: share(node.thresholds.on_track),
        at_risk: share(node.thresholds.at_risk),
      }),
    ],
  ];
  if (drivers) rows.push([t('Score'), rollupWord(node)]);
  if (parents.length > 0) {
    rows.push([
      t('Drives'),
      parents.map(({ parent, weight }, index) => (
        <Fragment key={parent}>
          {index > 0 && ', '}
          <NodeButton subject={subject} node={parent} /> {t('weight {weight}', { weight })}
        </Fragment>
      )),
    ]);
  }
  return (
    <>
      {node.description && <p className="kpi-panel-description">{node.description}</p>}
      {node.formula && <Formula subject={subject} node={node} formula={node.formula} />}
      <dl className="kpi-definition">
        {rows.map(([word, told]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{told}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** "Revenue = Orders × Average order value", where each driver leads to its own panel. */
function Formula({ subject, node, formula }: { subject: Subject; node: TreeNode; formula: string }) {
  const words = formulaInWords(node.name, formula, key => nameOf(subject.real, key));
  return (
    <p className="kpi-formula" title={words} data-test="kpi-panel-formula">
      {node.name} ={' '}
      {formulaParts(formula).map((part, index) => (
        <Fragment key={index}>
          {part.kind === 'driver' ? <NodeButton subject={subject} node={part.key} /> : <b>{part.text}</b>}{' '}
        </Fragment>
      ))}
    </p>
  );
}

function NodeButton({ subject, node }: { subject: Subject; node: string }) {
  return (
    <button type="button" className="kpi-panel-link" onClick={() => subject.onSelect(node)}>
      {nameOf(subject.real, node)}
    </button>
  );
}

/** Where the target comes from, and where targets do not add up. */
export function Targets({ node, result }: { node: TreeNode; result: NodeResult }) {
  const locale = currentLocale();
  const banded = result.lower !== null && result.upper !== null;
  return (
    <>
      <p className="kpi-panel-line">
        {banded
          ? t('Between {lower} and {upper} in this window.', { lower: amount(result.lower, node), upper: amount(result.upper, node) })
          : result.target === null
            ? result.reasons.target?.message ?? t('No target')
            : t('{target} in this window.', { target: amount(result.target, node) })}{' '}
        {result.target_derived && t('It follows from the targets of its drivers.')}
      </p>
      {result.baseline !== null && (
        <p className="kpi-panel-line">{t('Counted from a baseline of {baseline}.', { baseline: amount(result.baseline, node) })}</p>
      )}
      {result.targets_gap.length > 0 && (
        <div className="kpi-panel-scroll">
          <table className="kpi-panel-table" data-test="kpi-panel-gaps">
            <caption>{t('Targets do not add up in these periods:')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('Period')}</th>
                <th scope="col">{t('Own target')}</th>
                <th scope="col">{t('From the drivers')}</th>
              </tr>
            </thead>
            <tbody>
              {result.targets_gap.map(({ start, end, own, derived }) => (
                <tr key={start}>
                  <th scope="row">{formatWindow({ since: start, until: end, as_of: end, closed: true, name: null }, locale)}</th>
                  <td>{amount(own, node)}</td>
                  <td>{amount(derived, node)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
