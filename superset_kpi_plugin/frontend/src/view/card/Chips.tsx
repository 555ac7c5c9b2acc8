import React from 'react';
import type { NodeResult, TreeNode } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { formatDay } from '../../tree/window';
import { amount, signedAmount, signedBrief } from '../numbers';

interface Props {
  node: TreeNode;
  result: NodeResult;
  /** Whether the number is only supposed. */
  supposed: boolean;
  /** How much larger the card is than the face drawn in it. */
  scale: number;
  /** Room for signs only. */
  brief: boolean;
}

/** What does not add up, where a node's drivers meet it. */
export function Chips({ node, result, supposed, scale, brief }: Props) {
  const { unexplained, targets_gap: gaps } = result;
  // An amount that the node's own format writes as zero is noise of the arithmetic.
  const visible = unexplained !== null && amount(Math.abs(unexplained), node) !== amount(0, node);
  if (!visible && !gaps?.length && !supposed) return null;
  return (
    <span aria-hidden="true" className="kpi-chips" style={{ fontSize: 11 * Math.min(scale, 1.4) }}>
      {supposed && (
        <span className="kpi-chip kpi-tone-warning" data-test="kpi-supposed" title={t('What-if, not real')}>
          {t('Supposed')}
        </span>
      )}
      {visible && (
        <span
          className="kpi-chip"
          data-test="kpi-unexplained"
          data-value={unexplained}
          title={`${t('Unexplained')}: ${signedAmount(unexplained, node)}\n${t('What this node has beyond what its formula gives over its drivers')}`}
        >
          {brief ? '?' : t('Unexplained')} <b>{signedBrief(unexplained, node, brief ? 56 : 84)}</b>
        </span>
      )}
      {gaps?.length > 0 && (
        <span className="kpi-chip kpi-tone-warning" data-test="kpi-targets-gap" data-value={gaps.length} title={[t('Targets do not add up'), ...gaps.map(gap => written(gap, node))].join('\n')}>
          {brief ? t('Targets ≠') : t('Targets do not add up')}
        </span>
      )}
    </span>
  );
}

function written({ start, own, derived }: NodeResult['targets_gap'][number], node: TreeNode): string {
  return t('From {day}: the target is {own}, the drivers’ targets give {derived}', {
    day: formatDay(start, currentLocale()),
    own: amount(own, node),
    derived: amount(derived, node),
  });
}
