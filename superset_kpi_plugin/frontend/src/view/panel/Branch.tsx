import React from 'react';
import type { Contribution, Contributions, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { reasonWord } from '../../tree/words';
import { reachable } from '../../tree/whatif';
import { Loaded, Undefined } from './Loaded';
import { signed, tone } from './signed';
import { nameOf, nodeOf, type Subject } from './subject';
import { useContributions } from './useContributions';

const MOST = 8;

/** What this node and what stands below it add to the KGI's way from target to actual. */
export function Branch({ subject, node }: { subject: Subject; node: TreeNode }) {
  const { answer, retry } = useContributions(subject, 'target');
  return (
    <Loaded hook="kpi-adds" answer={answer} onRetry={retry}>
      {contributions => <Rows subject={subject} node={node} contributions={contributions} />}
    </Loaded>
  );
}

function Rows({ subject, node, contributions }: { subject: Subject; node: TreeNode; contributions: Contributions }) {
  const { real } = subject;
  const goal = nodeOf(real, real.tree.root) ?? node;
  if (contributions.change === null && contributions.reason) {
    return <Undefined hook="kpi-adds" word={reasonWord(contributions.reason.code)} message={contributions.reason.message} />;
  }
  const below = reachable(real.tree, node.key, true);
  const rows = contributions.contributions.filter(row => below.has(row.key) && row.contribution !== null);
  const own = rows.find(row => row.key === node.key && row.kind !== 'remainder');
  const parts = rows.filter(row => row !== own && row.kind !== 'node' && row.contribution !== 0).sort((a, b) => size(b) - size(a));
  const longest = Math.max(...rows.filter(row => row.kind !== 'node' || row === own).map(size), 0);
  if (!own) {
    return (
      <p className="kpi-panel-note" data-test="kpi-adds" data-state="none">
        {t('No formula leads from here to {goal}, so it adds to scores only.', { goal: goal.name })}
      </p>
    );
  }
  return (
    <div data-test="kpi-adds" data-state="ready">
      <p className="kpi-panel-line">
        {t('Adds to {goal}, on the way from target to actual:', { goal: goal.name })}{' '}
        <b data-test="kpi-adds-own" data-value={own.contribution ?? ''}>{signed(own.contribution, goal)}</b>
      </p>
      <ul className="kpi-adds">
        {parts.filter(row => size(row) > longest * 1e-9).slice(0, MOST).map(row => (
          <li key={`${row.kind} ${row.key}`} className={`kpi-tone-${tone(row.contribution ?? 0, goal.direction)}`}>
            <span className="kpi-adds-name" title={rowName(row, subject)}>{rowName(row, subject)}</span>
            <span className="kpi-adds-bar">
              <i style={{ width: `${((size(row) / longest) * 100).toFixed(1)}%` }} />
            </span>
            <span className="kpi-adds-amount" data-value={row.contribution ?? ''}>{signed(row.contribution, goal)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function rowName(row: Contribution, { real }: Subject): string {
  const name = nameOf(real, row.key);
  return row.kind === 'remainder' ? t('{name}: unexplained', { name }) : name;
}

const size = ({ contribution }: Contribution): number => Math.abs(contribution ?? 0);
