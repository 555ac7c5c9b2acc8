import React from 'react';
import type { TreeLink } from '../../api/types';
import { verdictTone } from '../../tree/linkProof';
import { told, useMarks } from './marks';
import { VerdictIcon } from './VerdictIcon';

/** The verdict on the link to an item's parent, where lines are not drawn; the item's own name says it aloud. */
export function LinkVerdictMark({ link }: { link: TreeLink }) {
  const mark = useMarks()?.(link);
  if (!mark) return null;
  return (
    <span className={`kpi-proof-mark kpi-tone-${verdictTone(mark.verdict)}`} title={told(mark)} data-test="kpi-link-proof" data-value={mark.verdict}>
      <VerdictIcon verdict={mark.verdict} />
    </span>
  );
}
