import React from 'react';
import { t } from '../../i18n';
import { REACH, supposedOf } from '../../tree/whatif';
import { reasonWord } from '../../tree/words';
import { amount } from '../numbers';
import { nodeOf, resultOf, type Subject } from '../panel/subject';

/** One leaf's slider: so many percent more or less than it is. */
export function Lever({ subject, at }: { subject: Subject; at: string }) {
  const { real, shown, whatIf } = subject;
  const [node, is, would] = [nodeOf(real, at), resultOf(real, at), resultOf(shown, at)];
  if (!node || !is) return null;
  const supposed = supposedOf(whatIf.overrides, at);
  const percent = supposed && 'percent' in supposed ? supposed.percent : 0;
  const fixed = supposed && 'value' in supposed ? supposed.value : null;
  const stands = 50 + (Math.min(Math.max(percent, -REACH), REACH) / REACH) * 50;
  const track = { '--kpi-low': `${Math.min(stands, 50)}%`, '--kpi-high': `${Math.max(stands, 50)}%` } as React.CSSProperties;
  const set = (value: number) => whatIf.suppose(at, { percent: value });
  if (is.actual === null) {
    const reason = is.reasons.actual;
    return (
      <li className="kpi-lever" data-test="kpi-lever" data-key={at}>
        <div className="kpi-lever-head"><span>{node.name}</span></div>
        <p className="kpi-panel-note">
          {t('It has no number to move.')} {reason && <b>{reasonWord(reason.code)}.</b>} {reason?.message}
        </p>
      </li>
    );
  }
  return (
    <li className={`kpi-lever ${supposed ? 'kpi-lever-on' : ''}`} data-test="kpi-lever" data-key={at}>
      <div className="kpi-lever-head">
        <button type="button" className="kpi-panel-link" onClick={() => subject.onSelect(at)}>{node.name}</button>
        <span className="kpi-lever-amount" data-test="kpi-lever-actual" data-value={(supposed ? would?.actual : is.actual) ?? ''}>
          {supposed ? `${amount(is.actual, node)} → ${amount(fixed ?? would?.actual ?? null, node)}` : amount(is.actual, node)}
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
              value={Math.min(Math.max(percent, -REACH), REACH)}
              style={track}
              data-test="kpi-lever-slider"
              aria-label={t('Suppose of {name}', { name: node.name })}
              aria-valuetext={signedPercent(percent)}
              onChange={event => set(Number(event.target.value))}
            />
            <input
              type="number"
              className="kpi-panel-input"
              step={1}
              value={percent}
              data-test="kpi-lever-percent"
              aria-label={t('Percent more or less of {name}', { name: node.name })}
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
          aria-label={t('Reset {name}', { name: node.name })}
          title={t('Reset')}
          onClick={() => whatIf.suppose(at, null)}
        >
          ↺
        </button>
      </div>
    </li>
  );
}

function signedPercent(percent: number): string {
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

function finite(text: string): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}
