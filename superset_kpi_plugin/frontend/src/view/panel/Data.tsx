import React from 'react';
import { evaluate } from '../../api/client';
import type { Query } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import { comparedWith } from '../../tree/facts';
import { isReadable } from '../../tree/panelExplore';
import { apartWord } from '../../tree/panelWords';
import { formatMoment } from '../../tree/window';
import { plain } from '../numbers';
import { Section } from './Details';
import { AskFailed } from './Loaded';
import { nodeOf, supposing, type Subject } from './subject';
import { Takeaway } from './Takeaway';
import { useAnswer } from './useAnswer';
import type { PanelState } from './usePanel';

const SHOWN_WINDOWS = 2;

/** What was asked of the databases, and the numbers to take away. */
export function Data({ subject, state }: { subject: Subject; state: PanelState }) {
  return (
    <div data-test="kpi-data">
      <Takeaway subject={subject} />
      <Section title={t('Queries that ran')}>
        {subject.shown.queries.length === 0 ? (
          <p className="kpi-panel-note" data-test="kpi-queries" data-state="none">
            {t('No database was asked: nothing here is read from a dataset that you may read, or the window has not begun.')}
          </p>
        ) : (
          <Statements subject={subject} state={state} />
        )}
      </Section>
    </div>
  );
}

function Statements({ subject, state }: { subject: Subject; state: PanelState }) {
  const { tree, real, shown, whatIf, history } = subject;
  const { answer, retry } = useAnswer(real, state.sql ? `sql ${JSON.stringify(whatIf.overrides)}` : null, signal =>
    // What was forced is in the cache by now; the statements are the evaluation's own only if all else is the same.
    evaluate(tree, { ...supposing(subject.request, whatIf), force: false, history: whatIf.active ? 0 : history, compare: [comparedWith(real.compare)], sql: true }, signal),
  );
  const node = state.selected ? nodeOf(real, state.selected) : undefined;
  const metric = node && isReadable(node.metric) ? node.metric : null;
  const all = state.sql && answer.state === 'ready' ? answer.answer.queries : shown.queries;
  const queries = metric
    ? all.filter(({ dataset, dataset_uuid: uuid, metrics }) => dataset === metric.dataset && (!uuid || uuid === metric.dataset_uuid) && metrics.includes(metric.metric_name))
    : all;
  return (
    <>
      <p className="kpi-panel-note">{t('Read with your own rights and filters through Superset. Statements: {count}.', { count: all.length })}</p>
      {node && metric && (
        <p className="kpi-panel-line" data-test="kpi-queries-of" data-value={node.key}>
          {t('Those that read {name}: {count}.', { name: node.name, count: queries.length })}{' '}
          <button type="button" className="kpi-panel-link" onClick={() => state.openFor('data', real.tree.root, state.sql)}>{t('Show all statements')}</button>
        </p>
      )}
      {!state.sql && (
        <button type="button" className="kpi-panel-button" data-test="kpi-sql-show" onClick={state.showSql}>{t('View the SQL')}</button>
      )}
      {state.sql && answer.state === 'loading' && <p className="kpi-panel-note" role="status">{t('Loading')}</p>}
      {state.sql && answer.state === 'failed' && <AskFailed hook="kpi-sql" error={answer.error} onRetry={retry} />}
      {state.sql && answer.state === 'ready' && queries.every(({ sql }) => sql === undefined) && (
        <p className="kpi-panel-undefined" data-test="kpi-sql-hidden">{t('You may not view SQL here: ask an admin for the permission to view queries on dashboards.')}</p>
      )}
      <ol className="kpi-queries" data-test="kpi-queries">
        {queries.map((query, index) => <Statement key={index} query={query} />)}
      </ol>
    </>
  );
}

function Statement({ query }: { query: Query }) {
  const { dataset, metrics, windows, columns, apart, rows, milliseconds, error, sql } = query;
  const facts = [rows === null ? '' : t('Rows: {count}', { count: rows }), whence(query), `${plain(milliseconds)} ms`].filter(Boolean);
  const more = windows.length - SHOWN_WINDOWS;
  return (
    <li className={error ? 'kpi-tone-error' : ''} data-test="kpi-query" data-dataset={dataset} data-cached={String(query.cached)}>
      <div className="kpi-query-head">
        <b>{dataset}</b>
        <span>{facts.join(' · ')}</span>
      </div>
      <div>{metrics.length ? metrics.join(', ') : t('Last day with data')}</div>
      <div className="kpi-query-window">
        {windows.slice(0, SHOWN_WINDOWS).map(written).join(', ')}
        {more > 0 && ` ${t('and {count} more windows', { count: more })}`}
        {columns.length > 0 && ` · ${t('grouped by {columns}', { columns: columns.join(', ') })}`}
      </div>
      {apart && <div className="kpi-query-window">{apartWord(apart)}</div>}
      {error && <div className="kpi-query-error" role="alert">{error}</div>}
      {sql && <pre className="kpi-query-sql" tabIndex={0} aria-label={t('SQL')} data-test="kpi-sql">{sql}</pre>}
    </li>
  );
}

/** Where its rows came from, and if from the cache, how old they are. */
function whence({ cached, cached_on: on }: Query): string {
  if (cached === null) return '';
  if (!cached) return t('from the database');
  return on ? t('from the cache, read {moment}', { moment: formatMoment(on, currentLocale()) }) : t('from the cache');
}

/** Half-open, as the statement has it: the second day is not read any more. */
function written([since, until]: Query['windows'][number]): string {
  return `[${since ?? '…'}, ${until ?? '…'})`;
}
