import React, { memo } from 'react';
import type { NodeResult } from '../api/types';
import { t } from '../i18n';
import { barPosition, expectedPosition, TARGET_POSITION } from '../tree/bar';
import { textWidth } from '../tree/format';
import { CARD, type Box } from '../tree/layout';
import type { Item } from '../tree/outline';
import { toneOf } from '../tree/status';
import { reasonWord, statusWord } from '../tree/words';
import { Figure } from './Figure';
import { amount, fittedAmount, share } from './numbers';
import { ToolIcon } from './Icons';
import { StatusPill } from './StatusPill';

export interface ItemProps {
  item: Item;
  box: Box;
  result: NodeResult | undefined;
  folded: boolean;
  active: boolean;
  selected: boolean;
  position: number;
  siblings: number;
  onToggle: (id: string) => void;
  onSelect: (key: string) => void;
  onActivate: (id: string) => void;
}

const INNER = CARD.width - 38;
/** What stands beside the word in a status pill, and the space before it. */
const PILL_EXTRA = 42;
const LABEL_SIZE = 12;

export const Card = memo(function Card(props: ItemProps) {
  const { item, box, result, folded, active, selected, onToggle, onSelect, onActivate } = props;
  const { node } = item;
  const drivers = item.children.length;
  return (
    <div
      role="treeitem"
      aria-level={item.level}
      aria-setsize={props.siblings}
      aria-posinset={props.position}
      aria-expanded={drivers ? !folded : undefined}
      aria-selected={selected}
      aria-label={result ? spoken(item, result) : node.name}
      tabIndex={active ? 0 : -1}
      className={`kpi-card kpi-tone-${toneOf(result?.status ?? 'no_data')} ${item.level === 1 ? 'kpi-root' : ''} ${selected ? 'kpi-selected' : ''}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-test="kpi-node"
      data-key={node.key}
      data-id={item.id}
      onFocus={() => onActivate(item.id)}
      onClick={() => onSelect(node.key)}
    >
      <div className="kpi-name" title={[node.name, node.description].filter(Boolean).join('\n')}>
        {node.name}
      </div>
      {result && <Numbers item={item} result={result} />}
      {drivers > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className="kpi-fold"
          data-test="kpi-fold"
          aria-expanded={!folded}
          aria-label={t(folded ? 'Unfold the drivers of {name}' : 'Fold the drivers of {name}', { name: node.name })}
          title={t(folded ? 'Unfold' : 'Fold')}
          onClick={event => {
            event.stopPropagation();
            onToggle(item.id);
          }}
        >
          {folded ? drivers : <ToolIcon tool="collapse" />}
        </button>
      )}
    </div>
  );
});

function Numbers({ item: { node }, result }: { item: Item; result: NodeResult }) {
  const { reasons } = result;
  const pill = textWidth(statusWord(result.status)) * LABEL_SIZE + PILL_EXTRA;
  const labels = textWidth(`${t('Target')} ${t('Score')} ${share(result.score)} `) * LABEL_SIZE;
  const actual = fittedAmount(result.actual, node, INNER - pill, [21, 13]);
  const target = fittedAmount(result.target, node, INNER - labels, [LABEL_SIZE, 10]);
  return (
    <>
      <div className="kpi-row kpi-row-actual">
        <Figure
          hook="kpi-actual"
          className="kpi-actual"
          value={result.actual}
          text={actual.text}
          full={amount(result.actual, node)}
          reason={reasons.actual}
          style={{ fontSize: actual.fontSize }}
        />
        <StatusPill status={result.status} hook="kpi-status" title={result.reason ? reasonWord(result.reason) : undefined} />
      </div>
      <div className="kpi-row kpi-row-target">
        <span className="kpi-label">
          {t('Target')}{' '}
          <Figure
            hook="kpi-target"
            value={result.target}
            text={target.text}
            full={amount(result.target, node)}
            reason={reasons.target}
            style={{ fontSize: target.fontSize }}
          />
        </span>
        <span className="kpi-label">
          {t('Score')}{' '}
          <Figure hook="kpi-score" value={result.score} text={share(result.score)} reason={reasons.score} />
        </span>
      </div>
      <div className="kpi-row kpi-row-bar">
        <Bar item={node} result={result} />
        <Figure
          hook="kpi-attainment"
          className="kpi-attainment"
          value={result.attainment}
          text={share(result.attainment)}
          reason={reasons.attainment}
        />
      </div>
    </>
  );
}

function Bar({ item: node, result }: { item: Item['node']; result: NodeResult }) {
  const reason = result.reasons.actual ?? result.reasons.target ?? result.reasons.attainment;
  if (result.attainment === null) {
    return (
      <span className="kpi-why" title={reason?.message} data-test="kpi-reason" data-value={reason?.code ?? ''}>
        {reason && <b>{reasonWord(reason.code)}.</b>} {reason?.message}
      </span>
    );
  }
  const expected = expectedPosition(node, result);
  const percent = (position: number) => `${(position * 100).toFixed(2)}%`;
  return (
    <span className="kpi-bar" title={t('Attainment')}>
      <span className="kpi-bar-fill" style={{ width: percent(barPosition(result.attainment)) }} />
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

/** The whole card in one sentence for a screen reader. */
function spoken({ node }: Item, result: NodeResult): string {
  const said = (word: string, value: string, name: 'actual' | 'target' | 'attainment' | 'score') => {
    const reason = result.reasons[name];
    return `${t(word)}: ${result[name] === null && reason ? reasonWord(reason.code) : value}`;
  };
  return [
    node.name,
    statusWord(result.status),
    said('Actual', amount(result.actual, node), 'actual'),
    said('Target', amount(result.target, node), 'target'),
    said('Attainment', share(result.attainment), 'attainment'),
    said('Score', share(result.score), 'score'),
  ].join(', ');
}
