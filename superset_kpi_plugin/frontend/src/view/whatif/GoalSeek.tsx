import React, { useEffect, useRef, useState } from 'react';
import { ApiError, seek } from '../../api/client';
import type { Sought } from '../../api/types';
import { t } from '../../i18n';
import { leversOf } from '../../tree/whatif';
import { reasonWord } from '../../tree/words';
import { amount } from '../numbers';
import { AskFailed, Undefined } from '../panel/Loaded';
import { signed } from '../panel/signed';
import { nameOf, nodeOf, supposing, type Subject } from '../panel/subject';
import { NotReal } from './NotReal';

type State = { asked: null } | { asked: string; sought: Sought | null; error: ApiError | null };

/** What one KPI would have to be for the KGI to meet its target, all else equal. */
export function GoalSeek({ subject, selected }: { subject: Subject; selected: string | null }) {
  const { tree, request, real, whatIf } = subject;
  const { root } = real.tree;
  const levers = leversOf(real);
  const candidates = real.tree.nodes.filter(({ key }) => key !== root && !levers.influence.includes(key));
  const first = selected && candidates.some(({ key }) => key === selected) ? selected : levers.formula[0] ?? candidates[0]?.key;
  const [key, setKey] = useState(first ?? '');
  const [state, setState] = useState<State>({ asked: null });
  const running = useRef<AbortController | null>(null);
  const about = JSON.stringify([key, whatIf.overrides]);

  // An answer about other numbers is no answer.
  useEffect(() => {
    setState({ asked: null });
    return () => running.current?.abort();
  }, [about, real]);

  const ask = () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ asked: key, sought: null, error: null });
    seek(tree, { ...supposing(request, whatIf), key }, controller.signal).then(
      sought => !controller.signal.aborted && setState({ asked: key, sought, error: null }),
      (failure: unknown) => {
        if (controller.signal.aborted) return;
        const error = failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
        setState({ asked: key, sought: null, error });
      },
    );
  };

  if (candidates.length === 0) return null;
  const busy = state.asked !== null && !state.sought && !state.error;
  return (
    <section className="kpi-panel-section kpi-seek" data-test="kpi-seek" data-state={busy ? 'loading' : state.asked ? 'ready' : 'idle'}>
      <h4>{t('Goal seek')}</h4>
      <p className="kpi-panel-line">{t('What must one KPI be for {goal} to meet its target, all else equal?', { goal: nameOf(real, root) })}</p>
      <div className="kpi-seek-row">
        <select className="kpi-panel-input" data-test="kpi-seek-node" aria-label={t('KPI to move')} value={key} onChange={event => setKey(event.target.value)}>
          {candidates.map(node => <option key={node.key} value={node.key}>{node.name}</option>)}
        </select>
        <button type="button" className="kpi-panel-button" data-test="kpi-seek-ask" aria-disabled={busy} onClick={() => busy || ask()}>
          {busy ? t('Seeking') : t('Seek')}
        </button>
      </div>
      <div aria-live="polite">
        {state.asked && state.error && <AskFailed hook="kpi-seek-failed" error={state.error} onRetry={ask} />}
        {state.asked && state.sought && <Answer subject={subject} sought={state.sought} />}
      </div>
    </section>
  );
}

function Answer({ subject, sought }: { subject: Subject; sought: Sought }) {
  const { real, whatIf } = subject;
  const [node, goal] = [nodeOf(real, sought.key), nodeOf(real, sought.goal)];
  if (!node || !goal) return null;
  const words = { name: node.name, goal: goal.name, wanted: amount(sought.wanted, goal), present: amount(sought.present, node) };
  return (
    <div className="kpi-goal kpi-goal-supposed" data-test="kpi-seek-answer" data-value={sought.value ?? ''}>
      <div className="kpi-goal-head">
        <b>{node.name}</b>
        <NotReal />
      </div>
      {sought.value === null ? (
        <Undefined
          hook="kpi-seek-reason"
          word={sought.reason ? reasonWord(sought.reason.code) : t('No value does')}
          message={sought.reason?.message ?? t('No value of it alone lets {goal} reach {wanted}. Try another KPI, or move several.', words)}
        />
      ) : (
        <>
          <div className="kpi-goal-figures">
            <span className="kpi-goal-number">{amount(sought.value, node)}</span>
          </div>
          <p className="kpi-panel-line">{t('instead of {present}, for {goal} to reach {wanted}.', words)}</p>
          <button
            type="button"
            className="kpi-panel-button"
            data-test="kpi-seek-suppose"
            onClick={() => sought.value !== null && whatIf.suppose(sought.key, 'actual', { value: sought.value })}
          >
            {t('Suppose it')}
          </button>
        </>
      )}
      {sought.sensitivity !== null && (
        <p className="kpi-panel-note" data-test="kpi-seek-sensitivity" data-value={sought.sensitivity}>
          {t('1 % more of it changes {goal} by {change}.', { goal: goal.name, change: signed(sought.sensitivity, goal) })}
        </p>
      )}
    </div>
  );
}
