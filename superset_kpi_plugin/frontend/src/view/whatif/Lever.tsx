import React from 'react';
import type { NodeResult, TreeNode } from '../../api/types';
import { t } from '../../i18n';
import { hasTarget, quantitiesOf, REACH, supposedOf, type Quantity } from '../../tree/whatif';
import { reasonWord } from '../../tree/words';
import { amount } from '../numbers';
import { nodeOf, resultOf, type Subject } from '../panel/subject';

interface Props {
  subject: Subject;
  at: string;
  /** Which of its numbers can be moved here. */
  quantities: readonly Quantity[];
}

/** One node's sliders: so many percent more or less than its numbers are. */
export function Lever({ subject, at, quantities }: Props) {
  const [node, is] = [nodeOf(subject.real, at), resultOf(subject.real, at)];
  if (!node || !is) return null;
  const moved = quantitiesOf(subject.whatIf.overrides, at).some(quantity => quantities.includes(quantity));
  return (
    <li className={`kpi-lever ${moved ? 'kpi-lever-on' : ''}`} data-test="kpi-lever" data-key={at}>
      <button type="button" className="kpi-panel-link" onClick={() => subject.onSelect(at)}>{node.name}</button>
      {quantities.map(quantity => (
        <Slider key={quantity} subject={subject} node={node} is={is} quantity={quantity} />
      ))}
    </li>
  );
}

interface SliderProps {
  subject: Subject;
  node: TreeNode;
  is: NodeResult;
  quantity: Quantity;
}

function Slider({ subject, node, is, quantity }: SliderProps) {
  const { shown, whatIf } = subject;
  const words = wordsOf(quantity, node.name);
  const supposed = supposedOf(whatIf.overrides, node.key, quantity);
  const there = quantity === 'actual' ? is.actual !== null : hasTarget(is);
  if (!there && !supposed) {
    const reason = is.reasons[quantity];
    return (
      <p className="kpi-panel-note">
        {words.nothing} {reason && <b>{reasonWord(reason.code)}.</b>} {reason?.message}
      </p>
    );
  }
  const percent = supposed && 'percent' in supposed ? supposed.percent : 0;
  const fixed = supposed && 'value' in supposed ? supposed.value : null;
  const within = Math.min(Math.max(percent, -REACH), REACH);
  const stands = 50 + (within / REACH) * 50;
  const track = { '--kpi-low': `${Math.min(stands, 50)}%`, '--kpi-high': `${Math.max(stands, 50)}%` } as React.CSSProperties;
  const set = (value: number) => whatIf.suppose(node.key, quantity, { percent: value });
  const would = resultOf(shown, node.key);
  const becomes = fixed === null ? written(would, node, quantity) : amount(fixed, node);
  return (
    <div className={`kpi-lever-one ${supposed ? 'kpi-lever-moved' : ''}`} data-test="kpi-lever-of" data-value={quantity}>
      <div className="kpi-lever-head">
        <span>{words.name}</span>
        <span className="kpi-lever-amount" data-test={`kpi-lever-${quantity}`} data-value={(supposed ? would : is)?.[quantity] ?? ''}>
          {supposed ? `${written(is, node, quantity)} → ${becomes}` : written(is, node, quantity)}
        </span>
      </div>
      <div className="kpi-lever-row">
        {fixed === null ? (
          <>
            <input
              type="range"
              min={-REACH}
              max={REACH}
              step={1}
              value={within}
              style={track}
              data-test="kpi-lever-slider"
              aria-label={words.suppose}
              aria-valuetext={signedPercent(percent)}
              onChange={event => set(Number(event.target.value))}
            />
            <input
              type="number"
              className="kpi-panel-input"
              step={1}
              value={percent}
              data-test="kpi-lever-percent"
              aria-label={words.percent}
              onChange={event => set(finite(event.target.value))}
            />
            <span aria-hidden="true">%</span>
          </>
        ) : (
          <span className="kpi-panel-note">{t('Set to {amount}', { amount: amount(fixed, node) })}</span>
        )}
        <button
          type="button"
          className="kpi-lever-reset"
          data-test="kpi-lever-reset"
          disabled={!supposed}
          aria-label={words.reset}
          title={t('Reset')}
          onClick={() => whatIf.suppose(node.key, quantity, null)}
        >
          ↺
        </button>
      </div>
    </div>
  );
}

function wordsOf(quantity: Quantity, name: string) {
  return quantity === 'actual'
    ? {
        name: t('Actual'),
        nothing: t('It has no number to move.'),
        suppose: t('Suppose of {name}', { name }),
        percent: t('Percent more or less of {name}', { name }),
        reset: t('Reset {name}', { name }),
      }
    : {
        name: t('Target'),
        nothing: t('It has no target to move.'),
        suppose: t('Suppose another target of {name}', { name }),
        percent: t('Percent more or less of the target of {name}', { name }),
        reset: t('Reset the target of {name}', { name }),
      };
}

/** A number as it stands; a target may be a band. */
function written(result: NodeResult | undefined, node: TreeNode, quantity: Quantity): string {
  if (!result) return amount(null, node);
  if (quantity === 'target' && result.target === null && hasTarget(result)) {
    return `${amount(result.lower, node)} – ${amount(result.upper, node)}`;
  }
  return amount(result[quantity], node);
}

function signedPercent(percent: number): string {
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

function finite(text: string): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}
