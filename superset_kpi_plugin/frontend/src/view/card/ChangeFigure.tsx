import React from 'react';
import type { Change, PastKind, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { reasonWord } from '../../tree/words';
import { amount, signedAmount, signedShare } from '../numbers';

interface Props {
  change: Change | undefined;
  against: PastKind;
  node: TreeNode;
  hook?: string;
}

/** The change against the previous period or year: which way by the arrow, whether that is wanted by word and colour. */
export function ChangeFigure({ change, against, node, hook = 'kpi-change' }: Props) {
  if (!change) return null;
  if (change.change === null) {
    const { reason } = change;
    const title = reason ? [reasonWord(reason.code), reason.message].filter(Boolean).join('. ') : undefined;
    return (
      <span className="kpi-moved kpi-undefined" data-test={hook} data-value="" data-reason={reason?.code} title={title}>
        –
      </span>
    );
  }
  const arrow = change.change > 0 ? '▲' : change.change < 0 ? '▼' : '■';
  const tone = change.change === 0 || change.better === null ? 'neutral' : change.better ? 'success' : 'error';
  const word = tone === 'neutral' ? '' : t(change.better ? 'better' : 'worse');
  const text = change.ratio === null ? signedAmount(change.change, node) : signedShare(change.ratio);
  const values = { change: signedAmount(change.change, node), before: amount(change.before, node) };
  const whole =
    against === 'previous_year'
      ? t('{change} from {before} a year before', values)
      : t('{change} from {before} in the previous period', values);
  return (
    <span
      className={`kpi-moved kpi-tone-${tone}`}
      data-test={hook}
      data-value={change.change}
      data-ratio={change.ratio ?? ''}
      title={[whole, word].filter(Boolean).join(', ')}
    >
      <span aria-hidden="true">{arrow} </span>
      {text}
      {word && <span className="kpi-sr"> {word}</span>}
    </span>
  );
}
