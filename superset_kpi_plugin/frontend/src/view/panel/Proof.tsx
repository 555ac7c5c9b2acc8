import React, { useState } from 'react';
import type { InfluenceProof, Proof as Proofs, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { plain } from '../numbers';
import { ComponentVerdict, known, LeftOut, Pill } from './ComponentVerdict';
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
      {components.map(row => (
        <ComponentVerdict key={row.parent} row={row} shape={node} tolerance={proof.tolerance} nameOf={key => nameOf(subject.real, key)} />
      ))}
      {influences.map(row => <Influence key={`${row.parent} ${row.child}`} subject={subject} row={row} />)}
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
