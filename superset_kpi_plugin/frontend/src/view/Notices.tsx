import React, { useState } from 'react';
import type { Disagreement, Evaluation, Filter } from '../api/types';
import { t } from '../i18n';
import { ToolIcon } from './Icons';
import { share } from './numbers';
import { Press } from './Press';

interface NoticeProps {
  hook: string;
  tone: 'warning' | 'neutral';
  text: string;
  details: string[];
}

/** A line that says what is the matter, and on demand the details. */
function Notice({ hook, tone, text, details }: NoticeProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className={`kpi-notice kpi-tone-${tone}`} data-test={hook}>
      <Press
        aria-expanded={open}
        title={[text, ...details].join('\n')}
        onClick={() => setOpen(!open)}
        onBlur={() => setOpen(false)}
        onKeyDown={event => event.key === 'Escape' && setOpen(false)}
      >
        <ToolIcon tool="notice" />
        <span className="kpi-notice-text">{text}</span>
      </Press>
      {open && (
        <ul className="kpi-popover" aria-label={text} data-test={`${hook}-details`}>
          {details.map(detail => <li key={detail}>{detail}</li>)}
        </ul>
      )}
    </div>
  );
}

interface Props {
  evaluation: Evaluation;
  unsupportedFilters: string[];
}

export function Notices({ evaluation, unsupportedFilters }: Props) {
  const { disagreement } = evaluation.headline;
  const notApplied = evaluation.filters_not_applied.filter(({ nodes }) => nodes.length > 0);
  if (!disagreement && notApplied.length === 0 && unsupportedFilters.length === 0) return null;
  const names = new Map(evaluation.tree.nodes.map(({ key, name }) => [key, name]));
  const keys = new Set(notApplied.flatMap(({ nodes }) => nodes));
  return (
    <div className="kpi-notices" role="status">
      {disagreement && <DisagreementNotice {...disagreement} />}
      {notApplied.length > 0 && (
        <Notice
          hook="kpi-notice-filters"
          tone="neutral"
          text={t(keys.size === 1 ? 'Not applied to 1 node: {filters}' : 'Not applied to {count} nodes: {filters}', {
            count: keys.size,
            filters: notApplied.map(({ filter }) => filter.col).join(', '),
          })}
          details={notApplied.map(
            ({ filter, nodes }) => `${written(filter)}: ${nodes.map(key => names.get(key) ?? key).join(', ')}`,
          )}
        />
      )}
      {unsupportedFilters.length > 0 && (
        <Notice
          hook="kpi-notice-unsupported"
          tone="neutral"
          text={t('Custom SQL filters are not applied')}
          details={unsupportedFilters}
        />
      )}
    </div>
  );
}

function DisagreementNotice({ kind, goal, drivers, paced }: Disagreement) {
  const missed = kind === 'goal_missed';
  const values = { goal: share(goal), drivers: share(drivers) };
  return (
    <Notice
      hook="kpi-notice-disagreement"
      tone="warning"
      text={t(missed ? 'The drivers do better than the goal' : 'The goal does better than its drivers')}
      details={[
        t(paced ? 'Pace of the goal {goal}, paced score of its drivers {drivers}.' : 'Attainment of the goal {goal}, score of its drivers {drivers}.', values),
        t('A driver is missing from the tree, or a link is wrong.'),
      ]}
    />
  );
}

function written({ col, op, val }: Filter): string {
  const value = Array.isArray(val) ? val.join(', ') : val === undefined ? '' : String(val);
  return `${col} ${op} ${value}`.trim();
}
