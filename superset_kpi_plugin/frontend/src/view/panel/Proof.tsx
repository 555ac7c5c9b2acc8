import React, { useState } from 'react';
import type { ComponentProof, InfluenceProof, Proof as Proofs, Reason, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { verdictTone } from '../../tree/linkProof';
import { verdictWord, type Verdict } from '../../tree/panelWords';
import { reasonWord } from '../../tree/words';
import { amount, plain, share } from '../numbers';
import { VerdictIcon } from '../proof/VerdictIcon';
import { Loaded } from './Loaded';
import { nameOf, type Subject } from './subject';
import { useProof } from './useProof';

/** Whether the last closed periods bear out what the tree claims about this node; asked for when it is opened. */
export function Proof({ subject, node }: { subject: Subject; node: TreeNode }) {
  const [open, setOpen] = useState(false);
  const { answer, retry } = useProof(subject, open);
  return (
    <details
      className="kpi-panel-section"
      data-test="kpi-proof-section"
      open={open}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary data-test="kpi-proof-open">{t('Proof of links')}</summary>
      {open && (
        <Loaded hook="kpi-proof" answer={answer} onRetry={retry}>
          {proof => <Verdicts subject={subject} node={node} proof={proof} />}
        </Loaded>
      )}
    </details>
  );
}

function Verdicts({ subject, node, proof }: { subject: Subject; node: TreeNode; proof: Proofs }) {
  const components = proof.components.filter(({ parent }) => parent === node.key);
  const influences = proof.influences.filter(({ parent, child }) => parent === node.key || child === node.key);
  return (
    <div data-test="kpi-proof" data-state="ready">
      {components.length + influences.length === 0 && (
        <p className="kpi-panel-note">{t('There is nothing to prove here: its formula is its definition, and no influence is claimed.')}</p>
      )}
      {components.map(row => <Component key={row.parent} subject={subject} node={node} row={row} tolerance={proof.tolerance} />)}
      {influences.map(row => <Influence key={`${row.parent} ${row.child}`} subject={subject} row={row} />)}
    </div>
  );
}

function Component({ subject, node, row, tolerance }: { subject: Subject; node: TreeNode; row: ComponentProof; tolerance: number }) {
  return (
    <div className="kpi-verdict" data-test="kpi-proof-component">
      <Pill verdict={row.verdict} />
      <p>
        {t('What was measured against the formula over {drivers}', {
          drivers: row.children.map(key => nameOf(subject.real, key)).join(', '),
        })}
      </p>
      <p className="kpi-panel-note">
        {t('n = {count} periods · median error {median} · largest error {largest} · proven within {tolerance}', {
          count: row.count,
          median: known(row, 'median', share),
          largest: known(row, 'largest', share),
          tolerance: share(tolerance),
        })}
      </p>
      {row.unexplained !== null && (
        <p className="kpi-panel-note">{t('Unexplained in the last closed period: {amount}', { amount: amount(row.unexplained, node) })}</p>
      )}
      <LeftOut count={row.left_out} reason={row.reason} />
    </div>
  );
}

function Influence({ subject, row }: { subject: Subject; row: InfluenceProof }) {
  const [child, parent] = [nameOf(subject.real, row.child), nameOf(subject.real, row.parent)];
  return (
    <div className="kpi-verdict" data-test="kpi-proof-influence" data-child={row.child} data-parent={row.parent}>
      <Pill verdict={row.verdict} />
      <p>
        {row.expected_sign === 'positive'
          ? t('More of {child} is said to bring more of {parent}.', { child, parent })
          : t('More of {child} is said to bring less of {parent}.', { child, parent })}{' '}
        {row.lag > 0 && t('Periods later: {lag}.', { lag: row.lag })}
      </p>
      <p className="kpi-panel-note">
        {t('n = {count} changes · correlation {correlation} · p-value {p}', {
          count: row.count,
          correlation: known(row, 'correlation', plain),
          p: known(row, 'p_value', plain),
        })}{' '}
        <b data-test="kpi-proof-note">{row.note}</b>
      </p>
      <LeftOut count={row.left_out} reason={row.reason} />
    </div>
  );
}

function known<Name extends string>(
  row: Record<Name, number | null> & { reasons: Record<string, Reason> },
  name: Name,
  write: (value: number) => string,
): string {
  const value = row[name];
  const reason = row.reasons[name];
  return value !== null ? write(value) : reason ? reasonWord(reason.code) : '–';
}

function LeftOut({ count, reason }: { count: number; reason: Reason | null }) {
  if (count === 0) return null;
  return (
    <p className="kpi-panel-note">
      {t('Left out, because a side is undefined: {count}.', { count })} {reason?.message}
    </p>
  );
}

function Pill({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`kpi-pill kpi-tone-${verdictTone(verdict)}`} data-test="kpi-proof-verdict" data-value={verdict}>
      <VerdictIcon verdict={verdict} /> {verdictWord(verdict)}
    </span>
  );
}
