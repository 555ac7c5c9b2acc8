import React from 'react';
import type { LinkVerdict } from '../../tree/linkProof';

/** Drawn around the middle, 8 × 8: what is borne out, what is not, what could not be told, what needs no proof. */
const TICK = 'M-3.4 .3L-1 2.7L3.4 -2.6';
const CROSS = 'M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8';
const QUESTION = 'M-1.9 -1.9A1.9 1.9 0 1 1 .9 -.2C.2 .2 0 .5 0 1.2M0 3.3V3.5';
const EQUALS = 'M-3 -1.4H3M-3 1.6H3';

const SHAPES: Record<LinkVerdict, string> = {
  proven: TICK,
  supported: TICK,
  disproven: CROSS,
  contradicted: CROSS,
  unproven: QUESTION,
  not_shown: QUESTION,
  definition: EQUALS,
};

export const verdictShape = (verdict: LinkVerdict): string => SHAPES[verdict];

export function VerdictIcon({ verdict, size = 12 }: { verdict: LinkVerdict; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="-5 -5 10 10" aria-hidden="true" className="kpi-icon">
      <path d={verdictShape(verdict)} className="kpi-stroke" />
    </svg>
  );
}
