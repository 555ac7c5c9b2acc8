import React, { useState } from 'react';
import { t } from '../../i18n';
import { leversOf, QUANTITIES, quantitiesOf, supposedOf, type Quantity } from '../../tree/whatif';
import { Figure } from '../Figure';
import { amount, share } from '../numbers';
import { AskFailed } from '../panel/Loaded';
import { nameOf, nodeOf, resultOf, type Subject } from '../panel/subject';
import { StatusPill } from '../StatusPill';
import { GoalSeek } from './GoalSeek';
import { Lever } from './Lever';
import { NotReal } from './NotReal';

const MANY = 8;

/** Sliders on the leaves and on targets, and the KGI as it would be. */
export function WhatIfView({ subject, selected }: { subject: Subject; selected: string | null }) {
  const { real, whatIf } = subject;
  const { overrides } = whatIf;
  const [search, setSearch] = useState('');
  const [everywhere, setEverywhere] = useState(false);
  const branch = selected && selected !== real.tree.root && !everywhere ? selected : null;
  const levers = leversOf(real, branch ?? undefined);
  const leaves = [...levers.formula, ...levers.influence];
  // A part that is folded in must not hide what is supposed already, or what this was opened for.
  const [unfolded] = useState(() => levers.above.some(key => key === selected || supposedOf(overrides, key, 'target')));
  // What is supposed besides, by goal seek or in another branch, has its lever as well.
  const others = Object.keys(overrides)
    .filter(key => !leaves.includes(key))
    .map(key => ({ key, quantities: quantitiesOf(overrides, key).filter(one => one === 'actual' || !levers.above.includes(key)) }))
    .filter(({ quantities }) => quantities.length > 0);
  const matches = (key: string) => nameOf(real, key).toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
  const list = (keys: string[], quantities: readonly Quantity[] = QUANTITIES) =>
    keys.filter(matches).map(key => <Lever key={key} subject={subject} at={key} quantities={quantities} />);
  return (
    <div data-test="kpi-what-if" data-state={whatIf.busy ? 'busy' : 'ready'}>
      <Goal subject={subject} />
      {whatIf.error && <AskFailed hook="kpi-what-if-failed" error={whatIf.error} onRetry={whatIf.retry} />}
      {branch && (
        <p className="kpi-panel-line">
          {t('Leaves below {name}.', { name: nameOf(real, branch) })}{' '}
          <button type="button" className="kpi-panel-link" onClick={() => setEverywhere(true)}>{t('Show all leaves')}</button>
        </p>
      )}
      {leaves.length > MANY && (
        <input
          type="search"
          className="kpi-panel-input"
          data-test="kpi-lever-search"
          aria-label={t('Search leaves')}
          placeholder={t('Search leaves')}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
      )}
      {others.length > 0 && (
        <ul className="kpi-levers">{others.map(({ key, quantities }) => list([key], quantities))}</ul>
      )}
      {levers.above.length > 0 && (
        <details className="kpi-panel-section" open={unfolded} data-test="kpi-levers-above">
          <summary>{t('Targets of the goal and of what leads to it')}</summary>
          <ul className="kpi-levers">{list(levers.above, ['target'])}</ul>
        </details>
      )}
      <h4 className="kpi-levers-title">{t('Part of the formula')}</h4>
      <ul className="kpi-levers">{list(levers.formula)}</ul>
      {levers.influence.length > 0 && (
        <details className="kpi-panel-section">
          <summary>{t('Influences: they move scores, never the goal itself')}</summary>
          <ul className="kpi-levers">{list(levers.influence)}</ul>
        </details>
      )}
      <GoalSeek key={selected ?? ''} subject={subject} selected={selected} />
    </div>
  );
}

/** The KGI as it would be, beside what it is. */
function Goal({ subject }: { subject: Subject }) {
  const { real, shown, whatIf } = subject;
  const { root } = real.tree;
  const [node, is, would] = [nodeOf(real, root), resultOf(real, root), resultOf(shown, root)];
  if (!node || !is || !would) return null;
  return (
    <div className={`kpi-goal ${whatIf.active ? 'kpi-goal-supposed' : ''}`} aria-live="polite" aria-busy={whatIf.busy} data-test="kpi-goal">
      <div className="kpi-goal-head">
        <b>{node.name}</b>
        {whatIf.active && <NotReal />}
      </div>
      <div className="kpi-goal-figures">
        <Figure hook="kpi-goal-actual" className="kpi-goal-number" value={would.actual} text={amount(would.actual, node)} reason={would.reasons.actual} />
        <StatusPill status={would.status} hook="kpi-goal-status" />
      </div>
      <div className="kpi-goal-more">
        <span>
          {t('Attainment')}{' '}
          <Figure hook="kpi-goal-attainment" value={would.attainment} text={share(would.attainment)} reason={would.reasons.attainment} />
        </span>
        <span>
          {t('Target')} <Figure hook="kpi-goal-target" value={would.target} text={amount(would.target, node)} reason={would.reasons.target} />
        </span>
        {would.target !== is.target && (
          <span>
            {t('Target in reality')}{' '}
            <Figure hook="kpi-goal-real-target" value={is.target} text={amount(is.target, node)} reason={is.reasons.target} />
          </span>
        )}
        {whatIf.active && (
          <span>
            {t('In reality')}{' '}
            <Figure hook="kpi-goal-real" value={is.actual} text={amount(is.actual, node)} reason={is.reasons.actual} />
          </span>
        )}
      </div>
      {whatIf.active ? (
        <button type="button" className="kpi-panel-button" data-test="kpi-what-if-reset" onClick={whatIf.reset}>{t('Back to the real numbers')}</button>
      ) : (
        <p className="kpi-panel-note">{t('Move a slider: the server computes the whole tree anew, and nothing is saved.')}</p>
      )}
    </div>
  );
}
