import React from 'react';
import type { NodeResult, TreeNode } from '../../api/types';
import { currentLocale } from '../../i18n';
import type { ColumnId } from '../../tree/columns';
import type { Facts } from '../../tree/facts';
import { formatDay } from '../../tree/window';
import { reasonWord } from '../../tree/words';
import { Bar } from '../card/Bar';
import { ChangeFigure } from '../card/ChangeFigure';
import { Attainment, ownerOf } from '../card/parts';
import { Spark } from '../card/Spark';
import { Figure } from '../Figure';
import { amount, fittedAmount, share } from '../numbers';
import { StatusPill } from '../StatusPill';

interface Props {
  id: ColumnId;
  node: TreeNode;
  facts: Facts;
  /** Two lines to a row: the target stands beside the actual. */
  stacked?: boolean;
}

const AMOUNT_WIDTH = 88;
const STACKED_WIDTH = 74;

interface AmountProps {
  name: 'actual' | 'target' | 'forecast';
  node: TreeNode;
  result: NodeResult;
  width: number;
}

function Amount({ name, node, result, width }: AmountProps) {
  const fitted = fittedAmount(result[name], node, width, [13, 11]);
  return (
    <Figure
      hook={`kpi-${name}`}
      value={result[name]}
      text={fitted.text}
      full={amount(result[name], node)}
      reason={result.reasons[name]}
      style={{ fontSize: fitted.fontSize }}
    />
  );
}

/** One number, or word, of one node. */
export function Cell({ id, node, facts, stacked = false }: Props) {
  const { result, change, against, series, open } = facts;
  if (!result) return null;
  switch (id) {
    case 'status':
      return <StatusPill status={result.status} hook="kpi-status" title={result.reason ? reasonWord(result.reason) : undefined} />;
    case 'actual':
    case 'target':
    case 'forecast':
      return stacked ? (
        <>
          <Amount name={id} node={node} result={result} width={STACKED_WIDTH} />
          <span className="kpi-td-of">
            / <Amount name="target" node={node} result={result} width={STACKED_WIDTH} />
          </span>
        </>
      ) : (
        <Amount name={id} node={node} result={result} width={AMOUNT_WIDTH} />
      );
    case 'attainment':
      return (
        <>
          {result.attainment === null ? <span className="kpi-why" /> : <Bar node={node} result={result} />}
          <Attainment result={result} />
        </>
      );
    case 'score':
      return <Figure hook="kpi-score" value={result.score} text={share(result.score)} reason={result.reasons.score} />;
    case 'change':
      return <ChangeFigure change={change} against={against} node={node} />;
    case 'trend':
      return <Spark series={series} open={open} width={104} height={26} />;
    case 'owner':
      return <span dir="auto" title={ownerOf(node)}>{ownerOf(node)}</span>;
    case 'department':
      return <span dir="auto" title={node.department ?? ''}>{node.department}</span>;
    case 'data_through':
      return result.data_through ? (
        <span data-test="kpi-data-through" data-value={result.data_through}>{formatDay(result.data_through, currentLocale())}</span>
      ) : null;
    case 'name':
      return null;
  }
}
