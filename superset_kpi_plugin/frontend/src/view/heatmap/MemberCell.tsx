import React from 'react';
import type { Reason, Status, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { toneOf } from '../../tree/status';
import { reasonWord, statusWord } from '../../tree/words';
import { StatusIcon } from '../Icons';
import { amount, fittedAmount, share } from '../numbers';

export interface Told {
  actual: number | null;
  target: number | null;
  attainment: number | null;
  status: Status;
  reason: Reason | null;
}

interface Props {
  node: TreeNode;
  hook: string;
  told: Told | undefined;
  member?: string;
  /** Whether these are the rows that have no member. */
  none?: boolean;
  /** Whether the dashboard is filtered by the member. */
  chosen?: boolean;
  /** How many cells stand left of it. */
  left?: number;
  /** The node's dataset does not have the column. */
  undivided?: boolean;
}

const WIDTH = 66;

/** How one member stands: the attainment, else the actual, in the status's colour and with its icon. */
export function MemberCell({ node, hook, told, member, none, chosen, left = 0, undivided }: Props) {
  const place = { '--kpi-at': left } as React.CSSProperties;
  if (!told || (undivided && told.actual === null)) {
    const why = undivided ? t('Its data has no such column') : '';
    return <span role="gridcell" className="kpi-heat-cell kpi-heat-none" style={place} title={why} data-test={hook} data-value="">{undivided ? '·' : ''}</span>;
  }
  const { actual, target, attainment, status, reason } = told;
  const shown = attainment === null ? fittedAmount(actual, node, WIDTH, [12, 9]) : { text: share(attainment), fontSize: 12 };
  const title = [
    [member, statusWord(status)].filter(Boolean).join(': '),
    `${t('Actual')}: ${amount(actual, node)}`,
    `${t('Target')}: ${amount(target, node)}`,
    reason && [reasonWord(reason.code), reason.message].filter(Boolean).join('. '),
  ].filter(Boolean).join('\n');
  return (
    <span
      role="gridcell"
      className={`kpi-heat-cell kpi-heat-told kpi-tone-${toneOf(status)} ${chosen ? 'kpi-heat-chosen' : ''}`}
      style={place}
      title={title}
      data-test={hook}
      data-value={attainment ?? ''}
      data-actual={actual ?? ''}
      data-status={status}
      data-member={member}
      data-none={none ? '' : undefined}
      data-reason={attainment === null ? reason?.code : undefined}
    >
      <StatusIcon status={status} size={12} />
      <span style={{ fontSize: shown.fontSize }}>{shown.text}</span>
      <span className="kpi-sr"> {statusWord(status)}</span>
    </span>
  );
}
