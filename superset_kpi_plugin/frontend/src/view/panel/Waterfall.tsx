import React, { useState } from 'react';
import { COMPARISONS, type Comparison, type Contributions, type EvaluationWindow, type TreeNode } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { comparisonWord } from '../../tree/panelWords';
import { waterfall, type Step, type Waterfall as Steps } from '../../tree/waterfall';
import { reachable } from '../../tree/whatif';
import { formatDay, formatWindow } from '../../tree/window';
import { reasonWord } from '../../tree/words';
import { amount } from '../numbers';
import { rowName } from './Branch';
import { Loaded, Undefined } from './Loaded';
import { signed, tone } from './signed';
import { nodeOf, type Subject } from './subject';
import { useContributions } from './useContributions';

const FIRST = 10;
/** Each chart on a page has a group of radio buttons of its own. */
let groups = 0;

/** How the KGI came from one number to another, step by step. */
export function Waterfall({ subject, selected }: { subject: Subject; selected: string | null }) {
  const [compare, setCompare] = useState<Comparison>('target');
  const [group] = useState(() => `kpi-compare-${(groups += 1)}`);
  const { answer, retry } = useContributions(subject, compare);
  return (
    <div data-test="kpi-contributions">
      <div className="kpi-segments" role="radiogroup" aria-label={t('Compare')}>
        {COMPARISONS.map(one => (
          <label key={one} className={one === compare ? 'kpi-segment-on' : ''}>
            <input
              type="radio"
              name={group}
              value={one}
              checked={one === compare}
              data-test={`kpi-compare-${one}`}
              onChange={() => setCompare(one)}
            />
            {comparisonWord(one)}
          </label>
        ))}
      </div>
      <Loaded hook="kpi-waterfall" answer={answer} onRetry={retry}>
        {contributions => <Change key={compare} subject={subject} selected={selected} contributions={contributions} compare={compare} />}
      </Loaded>
    </div>
  );
}

interface ChangeProps {
  subject: Subject;
  selected: string | null;
  contributions: Contributions;
  compare: Comparison;
}

function Change({ subject, selected, contributions, compare }: ChangeProps) {
  const { tree } = subject.real;
  const [all, setAll] = useState(false);
  const goal = nodeOf(subject.real, tree.root);
  const drawn = waterfall(contributions, tree.root);
  if (!goal) return null;
  if (!drawn) {
    const { reason } = contributions;
    return (
      <Undefined
        hook="kpi-waterfall"
        word={reason ? reasonWord(reason.code) : t('This change cannot be told')}
        message={reason?.message ?? ''}
      />
    );
  }
  const total = contributions.contributions.find(row => row.key === tree.root && row.kind !== 'remainder');
  const steps = all ? drawn.steps : drawn.steps.slice(0, FIRST);
  const rest = drawn.steps.length - steps.length;
  const within = selected && selected !== tree.root ? reachable(tree, selected, true) : null;
  return (
    <div data-test="kpi-waterfall" data-state="ready" data-value={contributions.change ?? ''}>
      <p className="kpi-panel-line">
        {goal.name}: <b className={`kpi-change kpi-tone-${tone(contributions.change ?? 0, goal.direction)}`}>{signed(contributions.change, goal)}</b>
      </p>
      <ol className="kpi-waterfall" aria-label={t('What adds to the change of {goal}', { goal: goal.name })}>
        <End hook="kpi-waterfall-before" word={beforeWord(compare, contributions.compared_with)} value={total?.before ?? null} node={goal} from={drawn.zero} to={drawn.start} />
        {steps.map(step => (
          <Row key={`${step.row.kind} ${step.row.key}`} step={step} goal={goal} subject={subject} faded={within !== null && !within.has(step.row.key)} />
        ))}
        {rest > 0 && (
          <li className="kpi-waterfall-more">
            <button type="button" className="kpi-panel-link" data-test="kpi-waterfall-all" onClick={() => setAll(true)}>
              {t('Show {count} smaller ones', { count: rest })}
            </button>
          </li>
        )}
        <End hook="kpi-waterfall-after" word={subject.whatIf.active ? t('Actual, supposed') : t('Actual')} value={total?.after ?? null} node={goal} from={drawn.zero} to={drawn.end} />
      </ol>
      <Without steps={drawn} subject={subject} />
    </div>
  );
}

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;
const span = (a: number, b: number) => ({ left: percent(Math.min(a, b)), width: percent(Math.abs(a - b)) });

function End({ hook, word, value, node, from, to }: { hook: string; word: string; value: number | null; node: TreeNode; from: number; to: number }) {
  return (
    <li className="kpi-waterfall-end">
      <span className="kpi-waterfall-name">{word}</span>
      <span className="kpi-waterfall-amount" data-test={hook} data-value={value ?? ''}>{amount(value, node)}</span>
      <span className="kpi-waterfall-bar"><i style={span(from, to)} /></span>
    </li>
  );
}

function Row({ step, goal, subject, faded }: { step: Step; goal: TreeNode; subject: Subject; faded: boolean }) {
  const { row } = step;
  const node = nodeOf(subject.real, row.key);
  return (
    <li
      className={`kpi-tone-${tone(row.contribution ?? 0, goal.direction)} ${faded ? 'kpi-faded' : ''}`}
      data-test="kpi-waterfall-step"
      data-key={row.key}
      data-kind={row.kind}
      data-value={row.contribution ?? ''}
    >
      <span className="kpi-waterfall-name">
        <button type="button" className="kpi-panel-link" onClick={() => subject.onSelect(row.key)}>{rowName(row, subject)}</button>{' '}
        {node && <small>{amount(row.before, node)} → {amount(row.after, node)}</small>}
      </span>
      <span className="kpi-waterfall-amount">{signed(row.contribution, goal)}</span>
      <span className="kpi-waterfall-bar"><i style={span(step.from, step.to)} /></span>
    </li>
  );
}

function Without({ steps: { without }, subject }: { steps: Steps; subject: Subject }) {
  if (without.length === 0) return null;
  return (
    <p className="kpi-panel-note">
      {t('Without effect: {names}.', { names: without.map(row => rowName(row, subject)).join(', ') })}
    </p>
  );
}

function beforeWord(compare: Comparison, window: EvaluationWindow | null): string {
  if (compare === 'target' || !window) return t('Target');
  const name = formatWindow(window, currentLocale());
  return window.closed ? name : t('{period}, to {day}', { period: name, day: formatDay(window.as_of, currentLocale()) });
}
