import React from 'react';
import type { Status } from '../api/types';
import { toneOf } from '../tree/status';
import { statusWord } from '../tree/words';
import { StatusIcon } from './Icons';

interface Props {
  status: Status;
  hook: string;
  title?: string;
}

/** A status as icon, word and colour. */
export function StatusPill({ status, hook, title }: Props) {
  return (
    <span className={`kpi-pill kpi-tone-${toneOf(status)}`} data-test={hook} data-value={status} title={title}>
      <StatusIcon status={status} />
      <span>{statusWord(status)}</span>
    </span>
  );
}
