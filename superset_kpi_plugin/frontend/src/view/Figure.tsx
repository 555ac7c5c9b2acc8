import React, { type CSSProperties } from 'react';
import type { Reason } from '../api/types';
import { reasonWord } from '../tree/words';

interface Props {
  hook: string;
  value: number | null;
  text: string;
  /** The number in full where the text is short. */
  full?: string;
  reason?: Reason;
  className?: string;
  style?: CSSProperties;
}

/** A number, or a dash with the reason why there is none. */
export function Figure({ hook, value, text, full, reason, className = '', style }: Props) {
  const word = value === null && reason ? reasonWord(reason.code) : null;
  const title = word ? [word, reason?.message].filter(Boolean).join('. ') : full ?? text;
  return (
    <span
      className={`kpi-figure ${value === null ? 'kpi-undefined' : ''} ${className}`}
      data-test={hook}
      data-value={value ?? ''}
      data-reason={value === null ? reason?.code : undefined}
      title={title}
      style={style}
    >
      {text}
      {word && <span className="kpi-sr"> {word}</span>}
    </span>
  );
}
