import React from 'react';
import type { NodeResult, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { barPosition, expectedPosition, TARGET_POSITION } from '../../tree/bar';
import { reasonWord } from '../../tree/words';
import { amount } from '../numbers';

interface Props {
  node: TreeNode;
  result: NodeResult;
}

/** Attainment as a length, with a tick where the target is and one for what is expected by now. */
export function Bar({ node, result }: Props) {
  const expected = expectedPosition(node, result);
  const percent = (position: number) => `${(position * 100).toFixed(2)}%`;
  return (
    <span className="kpi-bar" title={t('Attainment')}>
      <span className="kpi-bar-fill" style={{ width: percent(barPosition(result.attainment ?? 0)) }} />
      <span className="kpi-bar-target" style={{ left: percent(TARGET_POSITION) }} title={t('Target')} />
      {expected !== null && (
        <span
          className="kpi-bar-expected"
          style={{ left: percent(expected) }}
          data-test="kpi-expected"
          data-value={result.expected ?? ''}
          title={t('Expected by now: {amount}', { amount: amount(result.expected, node) })}
        />
      )}
    </span>
  );
}

/** The bar, or why there is none: in words that say what to do, or where room is short in the reason's word alone. */
export function BarOrReason({ node, result, brief = false }: Props & { brief?: boolean }) {
  if (result.attainment !== null) return <Bar node={node} result={result} />;
  const reason = result.reasons.actual ?? result.reasons.target ?? result.reasons.attainment;
  return (
    <span className="kpi-why" title={reason?.message} data-test="kpi-reason" data-value={reason?.code ?? ''}>
      {reason && <b>{reasonWord(reason.code)}{brief ? '' : '.'}</b>} {!brief && reason?.message}
    </span>
  );
}
