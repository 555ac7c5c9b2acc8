import React, { type ReactNode } from 'react';
import type { Evaluation, NodeResult, TreeNode } from '../api/types';
import { currentLocale, t } from '../i18n';
import { stillNeeded } from '../tree/facts';
import type { Item, Outline } from '../tree/outline';
import { toneOf } from '../tree/status';
import { reasonWord } from '../tree/words';
import { behindSince, holdingBack, isBehind } from '../tree/trouble';
import { formatWindow } from '../tree/window';
import { Figure } from './Figure';
import { StatusIcon } from './Icons';
import { amount, briefAmount, share, signedAmount, signedBrief } from './numbers';
import { StatusPill } from './StatusPill';
import { Press } from './Press';

interface Props {
  evaluation: Evaluation;
  outline: Outline;
  onGo: (key: string) => void;
}

/** How wide an amount may be, at eleven pixels of size, before it is written shorter. */
const BRIEF = 76;
const WIDE = 110;

/** What a reader asks first, in this order: is the goal met, will it be, which driver holds it back, since when. */
export function Answers({ evaluation, outline, onGo }: Props) {
  const { headline, nodes, tree } = evaluation;
  const result = nodes[headline.key];
  const node = tree.nodes.find(({ key }) => key === headline.key);
  if (!result || !node) return null;
  const path = holdingBack(outline, nodes);
  return (
    <div className="kpi-headline" role="group" aria-label={node.name} data-test="kpi-answers">
      <Goal node={node} result={result} />
      <Outlook node={node} result={result} closed={evaluation.window.closed} />
      <HeldBack path={path} nodes={nodes} onGo={onGo} />
      <Since evaluation={evaluation} node={node} path={path} />
    </div>
  );
}

function Answer({ label, name, children, more }: { label: string; name: string; children: ReactNode; more?: ReactNode }) {
  return (
    <div className={`kpi-answer kpi-answer-${name}`} data-test={`kpi-answer-${name}`}>
      <div className="kpi-label">{label}</div>
      <div className="kpi-answer-main">{children}</div>
      {more && <div className="kpi-answer-more">{more}</div>}
    </div>
  );
}

function Goal({ node, result }: { node: TreeNode; result: NodeResult }) {
  const { reasons } = result;
  const scored = result.score !== null && share(result.score) !== share(result.attainment);
  return (
    <Answer
      label={t('Attainment')}
      name="goal"
      more={
        <>
          <Figure hook="kpi-headline-actual" value={result.actual} text={briefAmount(result.actual, node, BRIEF)} full={amount(result.actual, node)} reason={reasons.actual} />
          {' / '}
          <Figure hook="kpi-headline-target" value={result.target} text={briefAmount(result.target, node, BRIEF)} full={amount(result.target, node)} reason={reasons.target} />
          <span className={scored ? '' : 'kpi-sr'}>
            {' · '}{t('Score')}{' '}
            <Figure hook="kpi-headline-score" value={result.score} text={share(result.score)} reason={reasons.score} />
          </span>
        </>
      }
    >
      <Figure
        hook="kpi-headline"
        className="kpi-headline-number"
        value={result.attainment}
        text={share(result.attainment)}
        reason={reasons.attainment ?? reasons.actual ?? reasons.target}
      />
      <StatusPill status={result.status} hook="kpi-headline-status" />
    </Answer>
  );
}

/** Of an open window where it will end, of a closed one how far it ended from its target. */
function Outlook({ node, result, closed }: { node: TreeNode; result: NodeResult; closed: boolean }) {
  const { variance, forecast, forecast_attainment: met, reasons } = result;
  const needed = stillNeeded(node, result);
  if (closed) {
    return (
      <Answer label={t('Against the target')} name="outlook">
        <Figure hook="kpi-headline-variance" value={variance} text={signedBrief(variance, node, WIDE)} full={signedAmount(variance, node)} reason={reasons.variance ?? reasons.actual ?? reasons.target} />
      </Answer>
    );
  }
  return (
    <Answer
      label={t('Forecast')}
      name="outlook"
      more={
        <>
          {forecast === null && reasons.forecast && reasonWord(reasons.forecast.code)}
          {met !== null && t('{share} of target', { share: share(met) })}
          {met !== null && needed !== null && ' · '}
          {needed !== null && t('{amount} needed per day', { amount: briefAmount(needed, node, BRIEF) })}
        </>
      }
    >
      <Figure hook="kpi-headline-forecast" value={forecast} text={briefAmount(forecast, node, WIDE)} full={amount(forecast, node)} reason={reasons.forecast} />
    </Answer>
  );
}

function HeldBack({ path, nodes, onGo }: { path: Item[]; nodes: Evaluation['nodes']; onGo: (key: string) => void }) {
  const cause = path[path.length - 1];
  const result = cause && nodes[cause.node.key];
  if (!cause || !result) {
    const told = Object.values(nodes).some(({ status }) => status === 'achieved' || status === 'on_track');
    return (
      <Answer label={t('Held back by')} name="driver">
        <span className="kpi-answer-none">{told ? t('No driver is behind') : '–'}</span>
      </Answer>
    );
  }
  const above = path.slice(0, -1).map(item => item.node.name).join(' › ');
  const pace = result.pace ?? result.paced_score;
  return (
    <Answer
      label={t('Held back by')}
      name="driver"
      more={
        <>
          {pace !== null && <span className="kpi-answer-pace">{t('Pace {share}', { share: share(pace) })}</span>}
          {above && <span dir="auto" title={above}>{pace === null ? '' : ' · '}{t('under {name}', { name: path[path.length - 2]!.node.name })}</span>}
        </>
      }
    >
      <Press
        className={`kpi-answer-go kpi-tone-${toneOf(result.status)}`}
        data-test="kpi-answer-go"
        data-value={cause.node.key}
        title={[...path.map(item => item.node.name)].join(' › ')}
        onClick={() => onGo(cause.node.key)}
      >
        <StatusIcon status={result.status} />
        <span className="kpi-answer-name" dir="auto">{cause.node.name}</span>
      </Press>
    </Answer>
  );
}

/** Since when the goal, or where that is well the driver that is not, has been behind. */
function Since({ evaluation: { history, nodes }, node, path }: { evaluation: Evaluation; node: TreeNode; path: Item[] }) {
  const cause = path[path.length - 1]?.node;
  const about = isBehind(nodes[node.key]?.status) || !cause ? node : cause;
  const spell = behindSince(history, about.key);
  if (!spell) return null;
  const { since, periods, longer } = spell;
  return (
    <Answer
      label={t('Behind since')}
      name="since"
      more={<span title={about.name} dir="auto">{t(periods === 1 ? '1 period' : '{count} periods', { count: periods })} · {about.name}</span>}
    >
      <span data-test="kpi-since" data-value={since.since} data-periods={periods}>
        {longer && periods > 1 ? t('{day} or earlier', { day: formatWindow(since, currentLocale()) }) : formatWindow(since, currentLocale())}
      </span>
    </Answer>
  );
}
