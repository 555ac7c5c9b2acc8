import React from 'react';
import type { NodeResult, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { personName } from '../../tree/filter';
import type { Facts } from '../../tree/facts';
import { textWidth } from '../../tree/format';
import { reasonWord, statusWord } from '../../tree/words';
import { Figure } from '../Figure';
import { amount, fittedAmount, share } from '../numbers';
import { StatusPill } from '../StatusPill';

/** What every face of a card is given. */
export interface FaceProps {
  node: TreeNode;
  result: NodeResult;
  facts: Facts;
}

/** What stands beside the word in a status pill, and the space before it. */
const PILL_EXTRA = 42;

export function Name({ node }: { node: TreeNode }) {
  return (
    <div className="kpi-name" dir="auto" title={[node.name, node.description].filter(Boolean).join('\n')}>
      {node.name}
    </div>
  );
}

type ActualProps = Omit<FaceProps, 'facts'> & {
  width: number;
  /** The actual's largest and smallest, and the status's. */
  sizes: [number, number, number];
  unit?: boolean;
};

/** The actual as large as its row allows beside the status. */
export function ActualRow({ node, result, width, sizes, unit = true }: ActualProps) {
  const [largest, smallest, pillSize] = sizes;
  const room = width - textWidth(statusWord(result.status)) * pillSize - PILL_EXTRA;
  const actual = fittedAmount(result.actual, unit ? node : { ...node, unit: null }, room, [largest, smallest]);
  return (
    <div className="kpi-row kpi-row-actual">
      <Figure
        hook="kpi-actual"
        className="kpi-actual"
        value={result.actual}
        text={actual.text}
        full={amount(result.actual, node)}
        reason={result.reasons.actual}
        style={{ fontSize: actual.fontSize }}
      />
      <StatusPill status={result.status} hook="kpi-status" title={result.reason ? reasonWord(result.reason) : undefined} />
    </div>
  );
}

interface LabelledProps {
  label: string;
  hook: string;
  name: 'target' | 'forecast' | 'expected' | 'needed_per_day' | 'unexplained';
  node: TreeNode;
  result: NodeResult;
  /** The room for label and number, and the number's sizes. */
  width: number;
  size?: number;
}

/** A label and an amount, the amount written as fully as its room allows. */
export function LabelledAmount({ label, hook, name, node, result, width, size = 12 }: LabelledProps) {
  const fitted = fittedAmount(result[name], node, width - textWidth(`${label} `) * size, [size, size - 2]);
  return (
    <span className="kpi-label">
      {label}{' '}
      <Figure
        hook={hook}
        value={result[name]}
        text={fitted.text}
        full={amount(result[name], node)}
        reason={result.reasons[name]}
        style={{ fontSize: fitted.fontSize }}
      />
    </span>
  );
}

/** The score, and how much of the weight below has one, where they say something else than the attainment does. */
export function Scores({ result, coverage = false }: { result: NodeResult; coverage?: boolean }) {
  const scored = result.score !== null && share(result.score) !== share(result.attainment);
  const partly = coverage && result.coverage !== null && share(result.coverage) !== share(1);
  return (
    <span className="kpi-label">
      {scored && (
        <>
          {t('Score')} <Figure hook="kpi-score" value={result.score} text={share(result.score)} reason={result.reasons.score} />
        </>
      )}
      {partly && (
        <>
          {scored && ' · '}{t('Coverage')} <Figure hook="kpi-coverage" value={result.coverage} text={share(result.coverage)} />
        </>
      )}
    </span>
  );
}

export function Attainment({ result }: { result: NodeResult }) {
  return (
    <Figure
      hook="kpi-attainment"
      className="kpi-attainment"
      value={result.attainment}
      text={share(result.attainment)}
      reason={result.reasons.attainment}
    />
  );
}

export function Who({ node }: { node: TreeNode }) {
  return <span className="kpi-who" dir="auto">{[ownerOf(node), node.department].filter(Boolean).join(' · ')}</span>;
}

export const ownerOf = ({ owner }: TreeNode): string => (owner ? personName(owner) : '');
