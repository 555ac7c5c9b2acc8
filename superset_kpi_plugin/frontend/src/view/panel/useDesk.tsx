import React, { useMemo, type ReactNode } from 'react';
import type { EvaluateRequest, Evaluation } from '../../api/types';
import { addMessages, t } from '../../i18n';
import { ja, vi } from '../../i18n/panel';
import { quantitiesOf } from '../../tree/whatif';
import { asFreshAs } from '../freshness';
import type { Memory } from '../memory';
import { WhatIfBanner } from '../whatif/Banner';
import { useWhatIf } from '../whatif/useWhatIf';
import { SidePanel } from './Panel';
import { nameOf, type Subject } from './subject';
import { usePanel, type PanelState } from './usePanel';

addMessages('vi', vi);
addMessages('ja', ja);

interface Given {
  tree: string | null;
  request: EvaluateRequest;
  evaluation: Evaluation;
  memory: Memory;
  width: number;
  /** Of how many periods the evaluation tells. */
  history?: number;
  /** The column that the chart is divided by at first. */
  by?: string;
}

export interface Desk {
  /** What the tree is to show: as it is, or as it would be. */
  shown: Evaluation;
  selected: string | null;
  select: (key: string | null) => void;
  /** Opens a side of the panel for a node. */
  openFor: PanelState['openFor'];
  /** For the element that holds the tree and the panel. */
  className: string;
  banner: ReactNode;
  panel: ReactNode;
}

/** What is looked at beside the tree: a node's details, contributions, what-if, the data. */
export function useDesk({ tree, request, evaluation, memory, width, history = 0, by = '' }: Given): Desk {
  const whatIf = useWhatIf(tree, request, evaluation, memory);
  const panel = usePanel(evaluation.tree.root, memory);
  const shown = useMemo(
    () => (whatIf.evaluation ? withPast(whatIf.evaluation, evaluation) : evaluation),
    [whatIf.evaluation, evaluation],
  );
  const subject: Subject = {
    tree: tree ?? evaluation.tree.uuid,
    request: { ...request, ...asFreshAs(evaluation) },
    history,
    column: memory.by ?? by,
    real: evaluation,
    shown,
    whatIf,
    onSelect: panel.select,
  };
  const names = Object.keys(whatIf.overrides).flatMap(key => {
    const name = nameOf(evaluation, key);
    return quantitiesOf(whatIf.overrides, key).map(quantity => (quantity === 'target' ? t('{name} (target)', { name }) : name));
  });
  return {
    shown,
    selected: panel.selected,
    select: panel.select,
    openFor: panel.openFor,
    className: whatIf.active ? 'kpi-supposed' : '',
    banner: <WhatIfBanner whatIf={whatIf} names={names} onOpen={() => panel.open('what-if')} />,
    panel: <SidePanel subject={subject} state={panel} width={width} />,
  };
}

/** The past stays as it was whatever is supposed of now, so it need not be asked for again. */
function withPast(supposed: Evaluation, real: Evaluation): Evaluation {
  return { ...supposed, history: real.history, by: null };
}
