import React from 'react';
import { act, cleanup, fireEvent, render, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { because, sample } from '../../../test/sample';
import { answerWith, posts } from '../../../test/superset-core';
import type { Contributions, Evaluation, Proof, ProofPeriod, Sought } from '../../api/types';
import { setLocale } from '../../i18n';
import type { Memory } from '../memory';
import { useDesk } from './useDesk';

const hook = (name: string, inside: ParentNode = document) => inside.querySelector<HTMLElement>(`[data-test="${name}"]`);
const hooks = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const card = (key: string) => document.querySelector<HTMLElement>(`[role="treeitem"][data-key="${key}"]`)!;
const click = (name: string) => fireEvent.click(hook(name)!);
const asked = (verb: string) => posts.filter(({ endpoint }) => endpoint.endsWith(`/${verb}`)).map(({ jsonPayload }) => jsonPayload);
const ready = (name: string) => waitFor(() => expect(hook(name)?.dataset.state).toBe('ready'));

function tree(): Evaluation {
  const evaluation = sample();
  const nodes = evaluation.tree.nodes.map(node => {
    if (node.key === 'revenue') return { ...node, formula: 'orders * value', description: 'What was sold.' };
    if (node.key === 'orders') {
      const metric = {
        dataset_uuid: 'c0ff', dataset_id: 7, dataset: 'demo_orders', metric_name: 'orders', filters: [],
        time_column: 'day', time_range: '2026-11-01 : 2026-11-22',
      };
      return { ...node, formula: 'visits', metric };
    }
    return node.key === 'visits' ? { ...node, metric: { restricted: true } as const } : node;
  });
  evaluation.nodes.value = { ...evaluation.nodes.value!, actual: 50, reason: null, reasons: {}, status: 'on_track' };
  evaluation.queries = [
    { dataset: 'demo_orders', metrics: ['orders'], windows: [['2026-11-01', '2026-11-22']], columns: ['region'], apart: 'filters', rows: 2, cached: true, cached_on: '2026-11-21T08:15:00', milliseconds: 12.34, error: null },
    { dataset: 'demo_visits', metrics: [], windows: [[null, '2026-11-22']], columns: [], apart: null, rows: null, cached: null, cached_on: null, milliseconds: 3, error: 'No such column.' },
  ];
  return { ...evaluation, tree: { ...evaluation.tree, nodes } };
}

function supposed(actual: number): Evaluation {
  const evaluation = tree();
  evaluation.nodes.revenue = { ...evaluation.nodes.revenue!, actual };
  return { ...evaluation, overridden: ['visits'] };
}

function past(): Evaluation {
  const period = { since: '2026-10-01', until: '2026-11-01', as_of: '2026-11-21', closed: true, name: '2026-10' };
  const told = { actual: [480000, null], target: [450000, 500000], attainment: [1.0667, null], status: ['achieved', 'no_data'], reason: [null, 'no_data'] };
  return { ...tree(), history: { periods: [period, tree().window], nodes: { revenue: told, visits: told } } } as Evaluation;
}

const row = (key: string, kind: 'leaf' | 'remainder' | 'node', contribution: number, before: number, after: number) =>
  ({ key, kind, contribution, before, after, reason: null });
const contributions: Contributions = {
  window: sample().window, compared_with: null, change: -150000, reason: null,
  contributions: [
    row('visits', 'leaf', -100000, 1e6, 9e5), row('value', 'leaf', -60000, 55, 50), row('revenue', 'remainder', 10000, 0, 10000),
    row('orders', 'node', -100000, 9000, 6890), row('revenue', 'node', -150000, 500000, 350000),
  ],
};
const sought: Sought = {
  key: 'visits', goal: 'revenue', present: 1234567, value: 1800000, reached: 500000, wanted: 500000, sensitivity: 3500, reason: null,
};
const unread = { code: 'no_data' as const, message: 'March has no rows.' };
const PERIODS: ProofPeriod[] = [
  { name: '2026-03', since: '2026-03-01', until: '2026-04-01', measured: null, formula: 380, error: null, unexplained: null, reasons: { measured: unread, error: unread }, holds: null },
  { name: '2026-09', since: '2026-09-01', until: '2026-10-01', measured: 400, formula: 398, error: 0.005, unexplained: 2, reasons: {}, holds: true },
  { name: '2026-10', since: '2026-10-01', until: '2026-11-01', measured: 400, formula: 380, error: 0.05, unexplained: 20, reasons: {}, holds: false },
];
const proof: Proof = {
  window: sample().window, tolerance: 0.01,
  components: [{ parent: 'revenue', children: ['orders', 'value'], verdict: 'disproven', count: 11, median: 0.05, largest: 0.08, unexplained: 20, reasons: {}, left_out: 1, reason: { code: 'no_data', message: 'March has no rows.' }, periods: PERIODS }],
  influences: [{ parent: 'revenue', child: 'satisfaction', lag: 1, expected_sign: 'positive', verdict: 'supported', count: 24, correlation: 0.62, p_value: 0.0012, reasons: {}, left_out: 0, reason: null, note: 'Not proof of cause.' }],
};

let answers: Record<string, unknown>;
let answerNow: Parameters<typeof answerWith>[0];

beforeEach(() => {
  setLocale('en');
  answers = { history: past(), what_if: supposed(400000), contributions, seek: sought, proof };
  answerNow = ({ endpoint, jsonPayload }) => {
    const verb = endpoint.split('/').pop()!;
    const name = verb === 'evaluate' ? ('overrides' in jsonPayload ? 'what_if' : 'history') : verb;
    const answer = answers[name];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ json: { result: answer } });
  };
  answerWith(answerNow);
});
afterEach(cleanup);

interface HostProps {
  evaluation: Evaluation;
  memory?: Memory;
  width?: number;
}

function Host({ evaluation, memory = {}, width = 1200 }: HostProps) {
  const desk = useDesk({ tree: 'marketing', request: REQUEST, evaluation, memory, width });
  return (
    <div className="kpi-tree">
      {desk.banner}
      <div className={`kpi-body ${desk.className}`}>
        {evaluation.tree.nodes.map(({ key }) => (
          <div key={key} role="treeitem" aria-selected={key === desk.selected} tabIndex={0} data-key={key} onClick={() => desk.select(key)}>
            {desk.shown.nodes[key]!.actual}
          </div>
        ))}
        {desk.panel}
      </div>
    </div>
  );
}

const REQUEST = { as_of: '2026-11-21', filters: [{ col: 'region', op: 'IN', val: ['North'] }] };
const drawn = (props: Partial<HostProps> = {}) => {
  const memory = {};
  const evaluation = props.evaluation ?? tree();
  return render(<Host memory={memory} {...props} evaluation={evaluation} />);
};

test('a click on a node opens its details, and the focus goes there and back', async () => {
  drawn();
  expect(hook('kpi-panel')).toBeNull();
  card('orders').focus();
  fireEvent.click(card('orders'));
  expect(document.activeElement).toBe(hook('kpi-panel'));
  expect(hook('kpi-panel')!.getAttribute('aria-label')).toBe('Details of The orders');
  expect(hook('kpi-details')!.dataset.key).toBe('orders');
  expect(card('orders').getAttribute('aria-selected')).toBe('true');
  await ready('kpi-adds');
  fireEvent.keyDown(hook('kpi-panel')!, { key: 'Escape' });
  expect(hook('kpi-panel')).toBeNull();
  expect(document.activeElement).toBe(card('orders'));
});

test('who opened it by its button gets back to the button', async () => {
  drawn();
  click('kpi-open-data');
  expect(document.activeElement).toBe(hook('kpi-panel'));
  click('kpi-tab-contributions');
  await ready('kpi-waterfall');
  hook('kpi-panel')!.focus();
  click('kpi-panel-close');
  expect(document.activeElement).toBe(hook('kpi-open-contributions'));
});

test('tabs are walked by the arrow keys', () => {
  drawn();
  click('kpi-open-data');
  hook('kpi-tab-data')!.focus();
  fireEvent.keyDown(hook('kpi-tab-data')!, { key: 'ArrowRight' });
  expect(hook('kpi-panel')!.dataset.tab).toBe('details');
  expect(document.activeElement).toBe(hook('kpi-tab-details'));
  expect(hook('kpi-details')!.dataset.key).toBe('revenue');
});

test.each([[1200, 'beside'], [600, 'beside'], [390, 'sheet']])('at a width of %d the panel stands %s', (width, kind) => {
  drawn({ width });
  click('kpi-open-data');
  expect(hook('kpi-panel')!.dataset.kind).toBe(kind);
});

test('what was open is open again after the host has drawn the chart anew', () => {
  const memory = {};
  const { unmount } = drawn({ memory });
  click('kpi-open-contributions');
  unmount();
  drawn({ memory });
  expect(hook('kpi-panel')!.dataset.tab).toBe('contributions');
  expect(document.activeElement).toBe(document.body);
});

test('details tell definition, formula in words, targets and where it is read', async () => {
  drawn();
  fireEvent.click(card('revenue'));
  expect(hook('kpi-panel-actual')!.dataset.value).toBe('350000');
  expect(hook('kpi-panel-formula')!.title).toBe('The revenue = The orders × The value');
  expect(hook('kpi-details')!.textContent).toContain('What was sold.');
  expect(hook('kpi-details')!.textContent).toContain('Higher is better');
  fireEvent.click(hook('kpi-panel-formula')!.querySelector('button')!);
  expect(hook('kpi-details')!.dataset.key).toBe('orders');
  const link = hook('kpi-panel-explore') as HTMLAnchorElement;
  const asked = JSON.parse(new URL(link.href).searchParams.get('form_data')!) as { adhoc_filters: { comparator: unknown }[] };
  expect(asked.adhoc_filters.map(({ comparator }) => comparator)).toEqual(['2026-11-01 : 2026-11-22', ['North']]);
  expect(link.rel).toContain('noreferrer');
  await ready('kpi-adds');
});

test('of what may not be read there is neither name nor link', async () => {
  const evaluation = tree();
  evaluation.nodes.visits = { ...evaluation.nodes.visits!, actual: null, status: 'restricted', ...because('actual', 'restricted', 'Ask Ada.') };
  drawn({ evaluation });
  fireEvent.click(card('visits'));
  expect(hook('kpi-panel-origin')!.textContent).toBe('Not shown to you. Ask Ada.');
  expect(hook('kpi-panel-explore')).toBeNull();
  expect(hook('kpi-panel-reason')!.textContent).toBe('No access to the data. Ask Ada.');
  await ready('kpi-adds');
});

test('the history is asked for once, and told period by period', async () => {
  drawn();
  fireEvent.click(card('revenue'));
  expect(hook('kpi-history')!.dataset.state).toBe('loading');
  await ready('kpi-history');
  expect(asked('evaluate')).toEqual([{ ...REQUEST, history: 12 }]);
  const periods = hooks('kpi-history-period');
  expect(periods.map(one => one.dataset.value)).toEqual(['480000', '']);
  expect(hook('kpi-history-told')!.textContent).toBe('November 2026 Actual: No data · Target: $500,000 · No data');
  fireEvent.keyDown(periods[1]!, { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(periods[0]);
  expect(hook('kpi-history-told')!.textContent).toContain('October 2026 Actual: $480,000 · Target: $450,000 · Attainment: 106.7% · Achieved');
  fireEvent.click(card('visits'));
  await ready('kpi-adds');
  expect(asked('evaluate')).toHaveLength(1);
});

test('what fails says so and can be tried again', async () => {
  answers.contributions = new TypeError('Failed to fetch');
  drawn();
  click('kpi-open-contributions');
  await waitFor(() => expect(hook('kpi-waterfall')!.dataset.state).toBe('failed'));
  expect(hook('kpi-waterfall')!.textContent).toContain('The server did not answer.');
  answers.contributions = contributions;
  click('kpi-waterfall-retry');
  await ready('kpi-waterfall');
});

test('the waterfall leads from target to actual by the server’s numbers', async () => {
  drawn();
  click('kpi-open-contributions');
  await ready('kpi-waterfall');
  expect(hook('kpi-waterfall')!.dataset.value).toBe('-150000');
  expect(hooks('kpi-waterfall-step').map(one => [one.dataset.key, one.dataset.kind, one.dataset.value])).toEqual([
    ['visits', 'leaf', '-100000'], ['value', 'leaf', '-60000'], ['revenue', 'remainder', '10000'],
  ]);
  expect([hook('kpi-waterfall-before')!.dataset.value, hook('kpi-waterfall-after')!.dataset.value]).toEqual(['500000', '350000']);
  click('kpi-compare-previous_year');
  await waitFor(() => expect(asked('contributions')).toHaveLength(2));
  expect(asked('contributions')[1]).toEqual({ ...REQUEST, compare: 'previous_year' });
});

test('a change that cannot be told says why', async () => {
  answers.contributions = { ...contributions, change: null, contributions: [], reason: { code: 'restricted', message: 'Ask Ada.' } };
  drawn();
  click('kpi-open-contributions');
  await waitFor(() => expect(hook('kpi-waterfall')!.textContent).toBe('No access to the data. Ask Ada.'));
});

const lever = (key: string, quantity = 'actual') =>
  document.querySelector<HTMLElement>(`[data-test="kpi-lever"][data-key="${key}"] [data-test="kpi-lever-of"][data-value="${quantity}"]`);
const slide = (key: string, percent: number, quantity = 'actual') =>
  fireEvent.change(hook('kpi-lever-slider', lever(key, quantity)!)!, { target: { value: String(percent) } });

test('a slider supposes, the server answers, the tree follows, and nothing of it looks real', async () => {
  drawn();
  click('kpi-open-what-if');
  expect(hook('kpi-what-if-banner')).toBeNull();
  slide('visits', 10);
  expect(hook('kpi-what-if')!.dataset.state).toBe('busy');
  await ready('kpi-what-if');
  expect(asked('evaluate')).toEqual([{ ...REQUEST, overrides: { visits: { actual: { percent: 10 } } }, compare: ['previous_period'] }]);
  expect(card('revenue').textContent).toBe('400000');
  expect(hook('kpi-goal-actual')!.dataset.value).toBe('400000');
  expect(hook('kpi-goal-real')!.dataset.value).toBe('350000');
  expect(hook('kpi-what-if-banner')!.textContent).toContain('What-if, not real Supposed: The visits');
  expect(hook('kpi-not-real')).not.toBeNull();
  expect(document.querySelector('.kpi-supposed')).not.toBeNull();
  click('kpi-banner-reset');
  expect(hook('kpi-what-if-banner')).toBeNull();
  expect(card('revenue').textContent).toBe('350000');
});

test('the keyboard stays in the panel where the button that had it is gone', async () => {
  drawn();
  click('kpi-open-what-if');
  slide('visits', 10);
  await ready('kpi-what-if');
  hook('kpi-what-if-reset')!.focus();
  click('kpi-what-if-reset');
  expect(document.activeElement).toBe(hook('kpi-panel'));
  hook('kpi-seek-ask')!.focus();
  click('kpi-seek-ask');
  expect(document.activeElement).toBe(hook('kpi-seek-ask'));
  await waitFor(() => expect(hook('kpi-seek-suppose')).not.toBeNull());
  hook('kpi-seek-suppose')!.focus();
  click('kpi-seek-suppose');
  await waitFor(() => expect(document.activeElement).toBe(hook('kpi-panel')));
  fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  expect(hook('kpi-panel')).toBeNull();
});

test('a target can be supposed too, of a leaf and of what stands above and has one of its own', async () => {
  const before = tree();
  before.nodes.visits = { ...before.nodes.visits!, target: 1000 };
  before.nodes.orders = { ...before.nodes.orders!, target: 800, target_derived: true };
  const after = { ...tree(), overridden: ['revenue', 'visits'] };
  after.nodes.revenue = { ...after.nodes.revenue!, target: 550000 };
  answers.what_if = after;
  drawn({ evaluation: before });
  click('kpi-open-what-if');
  expect([lever('revenue', 'target'), lever('revenue'), lever('orders', 'target')].map(Boolean)).toEqual([true, false, false]);
  slide('visits', -20, 'target');
  slide('revenue', 10, 'target');
  slide('visits', 5);
  await ready('kpi-what-if');
  const overrides = { visits: { target: { percent: -20 }, actual: { percent: 5 } }, revenue: { target: { percent: 10 } } };
  expect(asked('evaluate')).toEqual([expect.objectContaining({ overrides })]);
  expect([hook('kpi-goal-target')!.dataset.value, hook('kpi-goal-real-target')!.dataset.value]).toEqual(['550000', '500000']);
  expect(hook('kpi-what-if-banner')!.textContent).toContain('The visits, The visits (target), The revenue (target)');
  fireEvent.click(hook('kpi-lever-reset', lever('visits')!)!);
  fireEvent.click(hook('kpi-lever-reset', lever('visits', 'target')!)!);
  fireEvent.click(hook('kpi-lever-reset', lever('revenue', 'target')!)!);
  expect(hook('kpi-what-if-banner')).toBeNull();
});

test('while a slider moves one question is asked at a time, and the last wins', async () => {
  vi.useFakeTimers();
  const finish: ((value: unknown) => void)[] = [];
  answerWith(() => new Promise(resolve => finish.push(resolve)));
  drawn();
  click('kpi-open-what-if');
  for (const percent of [1, 2, 3]) slide('visits', percent);
  await act(async () => void (await vi.advanceTimersByTimeAsync(400)));
  for (const percent of [4, 5]) slide('visits', percent);
  await act(async () => void (await vi.advanceTimersByTimeAsync(400)));
  expect(asked('evaluate')).toHaveLength(1);
  await act(async () => finish[0]!({ json: { result: supposed(3) } }));
  expect(hook('kpi-what-if')!.dataset.state).toBe('busy');
  await act(async () => finish[1]!({ json: { result: supposed(5) } }));
  vi.useRealTimers();
  expect(asked('evaluate').map(body => (body as { overrides: object }).overrides)).toEqual(
    [3, 5].map(percent => ({ visits: { actual: { percent } } })),
  );
  expect(hook('kpi-goal-actual')!.dataset.value).toBe('5');
  expect(hook('kpi-what-if')!.dataset.state).toBe('ready');
});

test('new real numbers take the place of supposed ones until those are computed anew', async () => {
  const view = drawn();
  click('kpi-open-what-if');
  slide('visits', 10);
  await ready('kpi-what-if');
  const next = tree();
  next.nodes.revenue = { ...next.nodes.revenue!, actual: 7 };
  answers.what_if = supposed(8);
  view.rerender(<Host evaluation={next} memory={{}} />);
  expect(hook('kpi-goal-real')!.dataset.value).toBe('7');
  await waitFor(() => expect(hook('kpi-goal-actual')!.dataset.value).toBe('8'));
});

test('goal seek tells the value it takes, which can then be supposed', async () => {
  drawn();
  click('kpi-open-what-if');
  fireEvent.change(hook('kpi-seek-node')!, { target: { value: 'visits' } });
  click('kpi-seek-ask');
  await waitFor(() => expect(hook('kpi-seek-answer')).not.toBeNull());
  expect(asked('seek')).toEqual([{ ...REQUEST, key: 'visits' }]);
  expect(hook('kpi-seek-answer')!.dataset.value).toBe('1800000');
  expect(hook('kpi-not-real', hook('kpi-seek-answer')!)).not.toBeNull();
  expect(hook('kpi-seek-sensitivity')!.textContent).toBe('1 % more of it changes The revenue by +$3,500.');
  click('kpi-seek-suppose');
  await waitFor(() => expect(hook('kpi-what-if-banner')).not.toBeNull());
  await ready('kpi-what-if');
  expect(asked('evaluate')[0]).toMatchObject({ overrides: { visits: { actual: { value: 1800000 } } } });
});

test('where no value does, goal seek says so', async () => {
  answers.seek = { ...sought, value: null, sensitivity: null, reason: { code: 'no_solution', message: 'Nothing reaches it.' } };
  drawn();
  click('kpi-open-what-if');
  click('kpi-seek-ask');
  await waitFor(() => expect(hook('kpi-seek-reason')!.textContent).toBe('No value does. Nothing reaches it.'));
});

test('the proof is asked for when it is opened, and says that it is not one of cause', async () => {
  drawn();
  fireEvent.click(card('revenue'));
  await ready('kpi-adds');
  expect(asked('proof')).toEqual([]);
  const section = hook('kpi-proof-section') as HTMLDetailsElement;
  section.open = true;
  fireEvent(section, new Event('toggle'));
  await ready('kpi-proof');
  expect(asked('proof')).toEqual([REQUEST]);
  const verdicts = hooks('kpi-proof-verdict').map(one => one.dataset.value);
  expect(verdicts).toEqual(['disproven', 'supported']);
  expect(hook('kpi-proof-component')!.textContent).toContain('n = 11 periods · median error 5% · largest error 8%');
  expect(hook('kpi-proof-component')!.textContent).toContain('March has no rows.');
  const periods = hooks('kpi-proof-period').map(row => [...row.children].map(cell => cell.textContent!.trim()));
  expect(periods.map(([period, , , error, verdict]) => [period, error, verdict])).toEqual([
    ['October 2026', '5%', 'Does not hold'],
    ['September 2026', '0.5%', 'Holds'],
    ['March 2026', 'No data', 'Left out'],
  ]);
  expect(hook('kpi-proof-influence')!.textContent).toContain('n = 24 changes · correlation 0.62 · p-value 0.0012');
  expect(hook('kpi-proof-note')!.textContent).toBe('Not proof of cause.');
});

test('lists the queries that ran, with what went wrong', () => {
  drawn();
  click('kpi-open-data');
  const [first, second] = hooks('kpi-query');
  expect(first!.textContent).toMatch(/Rows: 2 · from the cache, read Nov 21, 2026.* · 12.3 ms/);
  expect(first!.textContent).toContain('[2026-11-01, 2026-11-22) · grouped by region');
  expect(first!.textContent).toContain('On its own: its filters');
  expect(second!.textContent).toContain('No such column.');
});

test('the numbers can be taken away as a file', async () => {
  const files: Blob[] = [];
  URL.createObjectURL = blob => (files.push(blob as Blob), 'blob:x');
  URL.revokeObjectURL = () => undefined;
  let name = '';
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    name = this.download;
  });
  const headers = new Headers({ 'Content-Disposition': "attachment; filename*=UTF-8''caf%C3%A9.xlsx" });
  answers.export = new Blob(['x']);
  const before = answerNow;
  answerWith(post => (post.endpoint.endsWith('/download') ? Promise.resolve({ headers, blob: () => Promise.resolve(answers.export) }) : before(post)));
  drawn({ memory: { by: 'region' } });
  click('kpi-open-data');
  click('kpi-xlsx');
  await waitFor(() => expect(files).toHaveLength(1));
  expect(name).toBe('café.xlsx');
  expect(asked('download')).toEqual([{ ...REQUEST, by: 'region', force: false, format: 'xlsx' }]);
  fireEvent.click(hook('kpi-export-members')!);
  await waitFor(() => expect((hook('kpi-csv') as HTMLButtonElement).disabled).toBe(false));
  click('kpi-csv');
  await waitFor(() => expect(asked('download')).toHaveLength(2));
  expect(asked('download')[1]).toEqual({ ...REQUEST, force: false, format: 'csv' });
});

test('who may not export is told so by the server, and keeps the chart', async () => {
  const refused = { status: 403, statusText: 'No', json: () => Promise.resolve({ message: 'You may not export.' }) };
  const before = answerNow;
  answerWith(post => (post.endpoint.endsWith('/download') ? Promise.reject(refused) : before(post)));
  drawn();
  click('kpi-open-data');
  click('kpi-xlsx');
  await waitFor(() => expect(hook('kpi-export-failed')?.textContent).toBe('You may not export.'));
});

test('the SQL is asked for when somebody wants to see it, and shown as it was sent', async () => {
  const evaluation = tree();
  answers.history = { ...evaluation, queries: [{ ...evaluation.queries[0]!, sql: 'SELECT 1' }, evaluation.queries[1]!] };
  drawn();
  click('kpi-open-data');
  expect(asked('evaluate')).toEqual([]);
  click('kpi-sql-show');
  await waitFor(() => expect(hooks('kpi-sql').map(one => one.textContent)).toEqual(['SELECT 1']));
  expect(asked('evaluate')).toMatchObject([{ ...REQUEST, sql: true }]);
});

test('who may not view SQL is told what to ask for', async () => {
  answers.history = tree();
  drawn();
  click('kpi-open-data');
  click('kpi-sql-show');
  await waitFor(() => expect(hook('kpi-sql-hidden')?.textContent).toContain('ask an admin'));
});
