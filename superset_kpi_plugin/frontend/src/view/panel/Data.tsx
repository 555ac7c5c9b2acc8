import React from 'react';
import type { Query } from '../../api/types';
import { t } from '../../i18n';
import { csvName, evaluationCsv } from '../../tree/panelCsv';
import { apartWord } from '../../tree/panelWords';
import { plain } from '../numbers';
import { Section } from './Details';
import { PanelIcon } from './Icon';
import type { Subject } from './subject';

const SHOWN_WINDOWS = 2;

/** What was asked of the databases, and the numbers to take away. */
export function Data({ subject }: { subject: Subject }) {
  const { shown } = subject;
  return (
    <div data-test="kpi-data">
      <Section title={t('Take the numbers away')}>
        <p className="kpi-panel-line">{t('One row for each node with every number of this window, for a spreadsheet.')}</p>
        <button
          type="button"
          className="kpi-panel-button"
          data-test="kpi-csv"
          onClick={() => save(csvName(shown), evaluationCsv(shown))}
        >
          <PanelIcon icon="download" size={14} /> {t('Download CSV')}
        </button>
        {subject.whatIf.active && <p className="kpi-panel-note">{t('The file holds what is supposed, and says so.')}</p>}
      </Section>
      <Section title={t('Queries that ran')}>
        {shown.queries.length === 0 ? (
          <p className="kpi-panel-note" data-test="kpi-queries" data-state="none">
            {t('No database was asked: nothing here is read from a dataset that you may read, or the window has not begun.')}
          </p>
        ) : (
          <>
            <p className="kpi-panel-note">{t('Read with your own rights and filters through Superset. Statements: {count}.', { count: shown.queries.length })}</p>
            <ol className="kpi-queries" data-test="kpi-queries">
              {shown.queries.map((query, index) => <Statement key={index} query={query} />)}
            </ol>
          </>
        )}
      </Section>
    </div>
  );
}

function Statement({ query }: { query: Query }) {
  const { dataset, metrics, windows, columns, apart, rows, cached, milliseconds, error } = query;
  const facts = [
    rows === null ? '' : t('Rows: {count}', { count: rows }),
    cached ? t('from the cache') : cached === null ? '' : t('from the database'),
    `${plain(milliseconds)} ms`,
  ].filter(Boolean);
  const more = windows.length - SHOWN_WINDOWS;
  return (
    <li className={error ? 'kpi-tone-error' : ''} data-test="kpi-query" data-dataset={dataset} data-cached={String(cached)}>
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
    </li>
  );
}

/** Half-open, as the statement has it: the second day is not read any more. */
function written([since, until]: Query['windows'][number]): string {
  return `[${since ?? '…'}, ${until ?? '…'})`;
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
