import React from 'react';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sample } from '../../test/sample';
import { answerWith, posts } from '../../test/superset-core';
import type { Evaluation } from '../api/types';
import { setLocale } from '../i18n';
import { LAYOUT_KINDS, type LayoutKind } from '../tree/kinds';
import { forgetAll } from '../view/memory';
import KpiTreeChart from './KpiTreeChart';
import type { KpiTreeChartProps } from './types';

const hook = (name: string, within: ParentNode = document) => within.querySelector<HTMLElement>(`[data-test="${name}"]`);
const hooks = (name: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const item = (key: string) => document.querySelector<HTMLElement>(`[data-test="kpi-node"][data-key="${key}"]`)!;
const keys = () => hooks('kpi-node').map(one => one.dataset.key);
const click = (name: string, within?: ParentNode) => fireEvent.click(hook(name, within)!);
const scale = () => Number(/scale\(([\d.e-]+)\)/.exec(hook('kpi-layer')!.style.transform)![1]);

const props: KpiTreeChartProps = {
  width: 1600, height: 900, theme: {}, chartId: 1, tree: 'tree-1', request: {}, unsupportedFilters: [],
  initialDepth: Infinity, layout: 'right', history: 12, by: '', revision: {},
};

/** The sample with what a card tells besides: history, changes, a forecast, and what does not add up. */
function told(): Evaluation {
  const evaluation = sample();
  const months = ['2026-09', '2026-10', '2026-11'];
  Object.assign(evaluation.nodes.revenue!, {
    coverage: 0.8, forecast: 500000, forecast_attainment: 1, needed_per_day: 16666.7, unexplained: 1200, variance: -150000,
    data_through: '2026-11-19', targets_gap: [{ start: '2026-11-01', end: '2026-12-01', own: 500000, derived: 480000 }],
  });
  evaluation.nodes.orders!.unexplained = 0.2;
  evaluation.history = {
    periods: months.map(name => ({ since: `${name}-01`, until: `${name}-28`, as_of: '2026-11-21', closed: name !== '2026-11', name })),
    nodes: { revenue: { actual: [1, 2, 3], target: [2, 2, 2], attainment: [], status: ['on_track', 'at_risk', 'off_track'], reason: [] } },
  };
  const change = { before: 320000, change: 30000, ratio: 0.09375, better: true, reason: null };
  evaluation.compare = { previous_period: { window: null, reason: null, nodes: { revenue: change } } };
  evaluation.tree.links[0]!.weight = 3;
  return evaluation;
}

const NOTHING_ADDS = { change: null, contributions: [], reason: { code: 'no_target', message: 'There is no target.' } };
const answer = (evaluation: Evaluation) =>
  answerWith(({ endpoint }) => {
    const answers: Record<string, unknown> = { dimensions: [], contributions: NOTHING_ADDS };
    return Promise.resolve({ json: { result: answers[endpoint.split('/').pop()!] ?? evaluation } });
  });
const drawn = async (extra: Partial<KpiTreeChartProps> = {}) => {
  const view = render(<KpiTreeChart {...props} {...extra} />);
  await waitFor(() => expect(hook('kpi-content')?.dataset.state).toBe('ready'));
  return view;
};

beforeEach(() => {
  forgetAll();
  setLocale('en');
  answer(told());
});
afterEach(cleanup);

test('answers, without a click, whether the goal is met, whether it will be, what holds it back and since when', async () => {
  const evaluation = told();
  evaluation.nodes.value = { ...evaluation.nodes.orders!, status: 'at_risk', pace: 0.85 };
  answer(evaluation);
  await drawn();
  expect(hook('kpi-answer-goal')!.textContent).toBe('Attainment70%Off track$350,000 / $500,000 · Score 81%');
  expect(hook('kpi-answer-outlook')!.textContent).toBe('Forecast$500,000100% of target · $16,667 needed per day');
  expect(hook('kpi-answer-go')!.dataset.value).toBe('value');
  expect(hook('kpi-answer-driver')!.textContent).toBe('Held back byThe valuePace 85%');
  expect(hook('kpi-since')!.dataset).toMatchObject({ value: '2026-10-01', periods: '2' });
  click('kpi-answer-go');
  expect(document.activeElement).toBe(item('value'));
});

test('where the target is met already nothing is needed per day, unless it is a limit that is passed', async () => {
  const evaluation = told();
  evaluation.nodes.revenue!.needed_per_day = -26;
  answer(evaluation);
  await drawn();
  expect(hook('kpi-answer-outlook')!.textContent).toBe('Forecast$500,000100% of target');
  cleanup();
  evaluation.tree.nodes.find(({ key }) => key === 'revenue')!.direction = 'decrease';
  await drawn();
  expect(hook('kpi-answer-outlook')!.textContent).toContain('needed per day');
});

test('a closed window tells the distance to the target in place of a forecast', async () => {
  const evaluation = told();
  evaluation.window.closed = true;
  answer(evaluation);
  await drawn();
  expect(hook('kpi-answer-outlook')!.textContent).toBe('Against the target-$150,000');
  expect(hook('kpi-headline-variance')!.dataset.value).toBe('-150000');
});

test('a card close by tells everything, one from afar the essentials', async () => {
  await drawn({ initialDepth: 1 });
  const root = item('revenue');
  expect(root.dataset.density).toBe('detail');
  const said = (name: string) => [hook(name, root)!.textContent, hook(name, root)!.dataset.value];
  expect(said('kpi-change')).toEqual(['▲ +9.4% better', '30000']);
  expect(said('kpi-forecast')).toEqual(['$500,000', '500000']);
  expect(said('kpi-coverage')).toEqual(['80%', '0.8']);
  expect(said('kpi-needed')).toEqual(['$16,667', '16666.7']);
  expect(said('kpi-data-through')).toEqual(['Data through Nov 19, 2026', '2026-11-19']);
  expect(hook('kpi-spark', root)).not.toBeNull();
  for (let step = 0; step < 4; step += 1) click('kpi-zoom-out');
  expect(root.dataset.density).toBe('compact');
  expect(hook('kpi-spark', root)).toBeNull();
  for (const name of ['kpi-actual', 'kpi-target', 'kpi-attainment', 'kpi-status']) expect(hook(name, root)).not.toBeNull();
});

test('what does not add up stands where it arises, and noise does not', async () => {
  await drawn();
  expect(hook('kpi-unexplained', item('revenue'))!.dataset.value).toBe('1200');
  expect(hook('kpi-unexplained', item('orders'))).toBeNull();
  expect(hook('kpi-targets-gap')!.title).toContain('the target is $500,000, the drivers’ targets give $480,000');
  expect(hooks('kpi-weight').map(one => one.textContent)).toEqual(['weight 3', 'weight 1', 'weight 1']);
});

test('a weight of many digits is short on its line', async () => {
  const third = told();
  third.tree.links[1]!.weight = 1 / 3;
  answer(third);
  await drawn();
  expect(hooks('kpi-weight').map(one => one.textContent)).toContain('weight 0.333');
});

test.each(LAYOUT_KINDS.filter(kind => kind !== 'heatmap'))('%s shows the same numbers of the same nodes', async kind => {
  await drawn({ layout: kind });
  expect([...keys()].sort()).toEqual(['orders', 'revenue', 'satisfaction', 'value', 'visits']);
  const read = (key: string, name: string) => hook(name, item(key))!.dataset.value;
  expect(read('revenue', 'kpi-actual')).toBe('350000');
  expect(read('orders', 'kpi-target')).toBe('9000');
  expect(read('visits', 'kpi-attainment')).toBe('1.234567');
  expect(read('value', 'kpi-status')).toBe('no_data');
  expect(hook('kpi-actual', item('value'))!.dataset.reason).toBe('no_data');
  expect(hook('kpi-reference')!.dataset.key).toBe('visits');
});

test('a layout chosen on the chart stays when the host draws anew, until the control says otherwise', async () => {
  const choose = (kind: LayoutKind) => {
    click('kpi-layout');
    fireEvent.click(hooks('kpi-layout-choice').find(one => one.dataset.value === kind)!);
  };
  const view = await drawn();
  choose('outline');
  expect(hook('kpi-outline')).not.toBeNull();
  expect(hook('kpi-zoom-in')).toBeNull();
  view.unmount();
  await drawn().then(again => again.unmount());
  expect((await drawn(), hook('kpi-outline'))).not.toBeNull();
  cleanup();
  await drawn({ layout: 'down' });
  expect(hook('kpi-canvas')!.className).toContain('kpi-grows-down');
});

test('left to its width, a phone gets the outline', async () => {
  await drawn({ layout: 'auto', width: 360 });
  expect(hook('kpi-outline')!.className).toContain('kpi-stacked');
  cleanup();
  await drawn({ layout: 'auto', width: 900 });
  expect(hook('kpi-canvas')).not.toBeNull();
});

test('the outline sorts by a column and is walked by the keyboard', async () => {
  await drawn({ layout: 'outline' });
  const sort = (id: string) => fireEvent.click(hooks('kpi-sort').find(one => one.dataset.value === id)!);
  sort('actual');
  expect(keys()).toEqual(['revenue', 'satisfaction', 'orders', 'visits', 'value']);
  expect(document.querySelector('[aria-sort]')!.getAttribute('aria-sort')).toBe('ascending');
  sort('actual');
  expect(keys()).toEqual(['revenue', 'orders', 'visits', 'satisfaction', 'value']);
  sort('actual');
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
  item('revenue').focus();
  press('ArrowDown');
  press('ArrowLeft');
  expect(item('orders').getAttribute('aria-expanded')).toBe('false');
  expect(keys()).toEqual(['revenue', 'orders', 'value', 'satisfaction']);
  press('t');
  press('h');
  for (const letter of 'e sat') press(letter);
  expect(document.activeElement).toBe(item('satisfaction'));
});

test('a search goes to its node, unfolding what hides it', async () => {
  await drawn({ initialDepth: 1 });
  click('kpi-search');
  const input = hook('kpi-search-input')!;
  fireEvent.change(input, { target: { value: 'vsts' } });
  expect(hooks('kpi-found').map(one => one.dataset.key)).toEqual(['visits']);
  fireEvent.keyDown(input, { key: 'Enter' });
  expect(document.activeElement).toBe(item('visits'));
  expect(hook('kpi-search-input')).toBeNull();
});

test('a filter keeps what leads to its nodes, and a search beyond it takes it away', async () => {
  await drawn();
  click('kpi-filter');
  fireEvent.click(hooks('kpi-filter-choice').find(one => one.dataset.value === 'on_track')!);
  expect(keys()).toEqual(['revenue', 'orders']);
  expect(item('revenue').className).toContain('kpi-dimmed');
  expect(item('orders').className).not.toContain('kpi-dimmed');
  click('kpi-search');
  fireEvent.change(hook('kpi-search-input')!, { target: { value: 'satis' } });
  click('kpi-found');
  await waitFor(() => expect(document.activeElement).toBe(item('satisfaction')));
  expect(keys()).toHaveLength(5);
});

test('a branch is shown alone, with the way back', async () => {
  await drawn();
  fireEvent.keyDown(item('orders'), { key: 'Enter', shiftKey: true });
  item('orders').focus();
  fireEvent.keyDown(item('orders'), { key: 'Enter', shiftKey: true });
  await waitFor(() => expect(keys()).toEqual(['orders', 'visits']));
  expect(hook('kpi-breadcrumbs')!.textContent).toContain('The revenue›The orders');
  expect(hook('kpi-headline')!.dataset.value).toBe('0.7');
  click('kpi-crumb');
  expect(keys()).toHaveLength(5);
  expect(hook('kpi-breadcrumbs')).toBeNull();
  click('kpi-branch', item('orders'));
  await waitFor(() => expect(document.activeElement).toBe(item('orders')));
  fireEvent.keyDown(item('orders'), { key: 'Escape' });
  expect(keys()).toHaveLength(5);
});

test('what is off track is shown with the paths to it, and nothing else open', async () => {
  const evaluation = told();
  evaluation.nodes.visits!.status = 'off_track';
  answer(evaluation);
  await drawn({ initialDepth: 1 });
  expect(hook('kpi-off-track')!.dataset.value).toBe('2');
  click('kpi-off-track');
  expect(keys()).toEqual(['revenue', 'orders', 'visits', 'value', 'satisfaction']);
  expect(item('satisfaction').getAttribute('aria-expanded')).toBe('false');
});

test('the wheel is the page’s until one presses into the canvas, and says so', async () => {
  await drawn();
  const before = scale();
  const canvas = hook('kpi-canvas')!;
  expect(fireEvent.wheel(canvas, { deltaY: -200 })).toBe(true);
  expect(scale()).toBe(before);
  expect(hook('kpi-wheel-hint')!.textContent).toContain('Ctrl');
  fireEvent.click(canvas);
  expect(fireEvent.wheel(canvas, { deltaY: -200 })).toBe(false);
  expect(scale()).toBeGreaterThan(before);
  expect(hook('kpi-wheel-hint')).toBeNull();
  fireEvent(document.body, new Event('pointerdown', { bubbles: true }));
  expect(fireEvent.wheel(canvas, { deltaY: -200 })).toBe(true);
});

test('the heatmap asks for members once a column is named, and tells a reason where there is no number', async () => {
  const columns = [{ column: 'region', label: 'Region', datasets: ['orders'], nodes: 1 }];
  answerWith(({ endpoint }) => Promise.resolve({ json: { result: endpoint.endsWith('/dimensions') ? columns : told() } }));
  await drawn({ layout: 'heatmap' });
  await waitFor(() => expect(hook('kpi-by')!.tagName).toBe('SELECT'));
  expect(posts.filter(({ jsonPayload }) => 'by' in jsonPayload)).toEqual([]);
  const reason = { code: 'no_target' as const, message: 'Give it a target.' };
  answer({
    ...told(),
    by: {
      column: 'region', members: ['North', null], without_column: [{ dataset: 'surveys', nodes: ['satisfaction'] }],
      nodes: { revenue: { actual: [150, 5], target: [200, null], attainment: [0.75, null], status: ['on_track', 'no_target'], reason: [null, reason] } },
    },
  });
  fireEvent.change(hook('kpi-by')!, { target: { value: 'region' } });
  await waitFor(() => expect(hooks('kpi-member', item('revenue')).map(one => one.dataset.value)).toEqual(['0.75', '']));
  expect(posts[0]!.jsonPayload).toEqual({ by: 'region' });
  const [north, none] = hooks('kpi-member', item('revenue'));
  expect(north!.textContent).toContain('75%');
  expect(none!.dataset).toMatchObject({ reason: 'no_target', member: 'None', actual: '5' });
  expect(hook('kpi-whole', item('orders'))!.dataset.value).toBe('0.7656');
  expect(hook('kpi-member', item('satisfaction'))!.title).toBe('Its data has no such column');
  expect(screen.getByRole('treegrid', { name: 'Marketing' })).toBeTruthy();
});

test('why a column was refused is said without the name that the API has for it', async () => {
  const message = { by: ['No dataset of this tree has this column: choose another.'] };
  answerWith(({ endpoint, jsonPayload }) =>
    'by' in jsonPayload
      ? Promise.reject({ status: 422, statusText: '', json: () => Promise.resolve({ message }) })
      : Promise.resolve({ json: { result: endpoint.endsWith('/dimensions') ? [] : told() } }),
  );
  await drawn({ layout: 'heatmap', by: 'region' });
  await waitFor(() => expect(hook('kpi-heat-error')?.textContent).toBe(message.by[0]));
});

test('a report waits until the members are drawn, and no longer once none are asked for', async () => {
  const tell: ((value: unknown) => void)[] = [];
  answerWith(({ endpoint, jsonPayload }) => {
    if ('by' in jsonPayload) return new Promise(resolve => tell.push(resolve));
    return Promise.resolve({ json: { result: endpoint.endsWith('/dimensions') ? [] : told() } });
  });
  const { container, rerender } = await drawn({ layout: 'heatmap', by: 'region' });
  const held = () => container.querySelectorAll('.loading').length;
  expect(held()).toBe(1);
  await act(async () => tell[0]!({ json: { result: { ...told(), by: DIVIDED } } }));
  expect([held(), hooks('kpi-member').length > 0]).toEqual([0, true]);
  rerender(<KpiTreeChart {...props} layout="heatmap" by="team" />);
  await waitFor(() => expect(held()).toBe(1));
  rerender(<KpiTreeChart {...props} layout="heatmap" by="" />);
  await waitFor(() => expect([held(), hooks('kpi-member').length]).toEqual([0, 0]));
});

const DIVIDED = {
  column: 'region', members: ['North', null], without_column: [],
  nodes: { revenue: { actual: [150, 5], target: [200, null], attainment: [0.75, null], status: ['on_track', 'no_target'], reason: [null, null] } },
} as Evaluation['by'];
const north = { column: 'region', member: 'North' };

test('a member’s head filters the dashboard, shows that it does, and lets it go', async () => {
  answer({ ...told(), by: DIVIDED });
  const masks: object[] = [];
  const emit = (mask: object) => masks.push(mask);
  const { rerender } = await drawn({ layout: 'heatmap', by: 'region', crossFilter: { selected: null, emit } });
  await waitFor(() => expect(hooks('kpi-member-filter')).toHaveLength(2));
  fireEvent.click(hooks('kpi-member-filter')[0]!);
  expect(masks[0]).toMatchObject({ extraFormData: { filters: [{ col: 'region', op: 'IN', val: ['North'] }] } });
  rerender(<KpiTreeChart {...props} layout="heatmap" by="region" crossFilter={{ selected: north, emit }} />);
  expect(hooks('kpi-member-filter').map(one => one.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
  expect(hook('kpi-cross-filter')!.textContent).toContain('region is North');
  fireEvent.click(hooks('kpi-member-filter')[0]!);
  click('kpi-cross-filter-clear');
  expect(masks.slice(1)).toMatchObject([{ extraFormData: { filters: [] } }, { extraFormData: { filters: [] } }]);
});

test('without a dashboard that takes it, a member’s head is only its name', async () => {
  answer({ ...told(), by: DIVIDED });
  await drawn({ layout: 'heatmap', by: 'region' });
  await waitFor(() => expect(hooks('kpi-member').length).toBeGreaterThan(0));
  expect(hook('kpi-member-filter')).toBeNull();
});

const entries = () => [...document.querySelectorAll('[role=menuitem]')].map(one => (one as HTMLElement).dataset.test!.replace('kpi-menu-', ''));

test('the menu offers what there is to do with a node, and nothing else', async () => {
  const evaluation = told();
  const orders = evaluation.tree.nodes.find(({ key }) => key === 'orders')!;
  orders.metric = { dataset_uuid: 'c0ff', dataset_id: 7, dataset: 'orders', metric_name: 'orders', filters: [], time_column: 'day', time_range: '2026-11-01 : 2026-11-22' };
  answer(evaluation);
  await drawn();
  fireEvent.contextMenu(item('orders'), { clientX: 10, clientY: 10 });
  expect(entries()).toEqual(['details', 'branch', 'what-if', 'explore', 'sql']);
  expect(hook('kpi-menu-explore')!.getAttribute('href')).toContain('/superset/explore/');
  fireEvent.keyDown(hook('kpi-menu')!, { key: 'Escape' });
  expect(hook('kpi-menu')).toBeNull();
  fireEvent.contextMenu(item('revenue'), { clientX: 10, clientY: 10 });
  expect(entries()).toEqual(['details', 'what-if']);
  click('kpi-menu-details');
  expect(hook('kpi-details')!.dataset.key).toBe('revenue');
  expect(hook('kpi-menu')).toBeNull();
});

test('in the heatmap the menu filters by the member that was pressed', async () => {
  answer({ ...told(), by: DIVIDED });
  const masks: object[] = [];
  await drawn({ layout: 'heatmap', by: 'region', crossFilter: { selected: null, emit: mask => masks.push(mask) } });
  await waitFor(() => expect(hooks('kpi-member', item('revenue'))).toHaveLength(2));
  fireEvent.contextMenu(hooks('kpi-member', item('revenue'))[1]!, { clientX: 10, clientY: 10 });
  expect(entries()).toEqual(['cross-filter', 'details', 'what-if']);
  click('kpi-menu-cross-filter');
  expect(masks).toMatchObject([{ extraFormData: { filters: [{ col: 'region', op: 'IS NULL' }] } }]);
});

test('the proof of links is asked once, when it is wanted, and then stands on every link', async () => {
  const proof = {
    window: told().window, tolerance: 0.01,
    components: [{ parent: 'revenue', children: ['orders', 'value'], verdict: 'disproven', count: 11, median: 0.05, largest: 0.08, unexplained: 20, reasons: {}, left_out: 1, reason: null, periods: [] }],
    influences: [{ parent: 'revenue', child: 'satisfaction', lag: 1, expected_sign: 'positive', verdict: 'supported', count: 24, correlation: 0.62, p_value: 0.0012, reasons: {}, left_out: 0, reason: null, note: 'Not proof of cause.' }],
  };
  answerWith(({ endpoint }) => Promise.resolve({ json: { result: endpoint.endsWith('/proof') ? proof : told() } }));
  const { unmount } = await drawn();
  const asked = () => posts.filter(({ endpoint }) => endpoint.endsWith('/proof')).length;
  expect(hooks('kpi-link-proof')).toEqual([]);
  expect(asked()).toBe(0);
  click('kpi-proof-links');
  await waitFor(() => expect(hook('kpi-link-proofs')!.dataset.state).toBe('ready'));
  const marks = new Map(hooks('kpi-link-proof').map(one => [one.querySelector('title')!.textContent!.split('.')[0], one.dataset.value]));
  expect([...marks]).toEqual([['Disproven', 'disproven'], ['By definition', 'definition'], ['Supported', 'supported']]);
  expect(item('orders').textContent).toMatch(/Link to .+: Disproven/);
  click('kpi-proof-links');
  click('kpi-proof-links');
  expect(hooks('kpi-link-proof').length).toBeGreaterThan(0);
  expect(asked()).toBe(1);
  unmount();
  await drawn({ layout: 'outline' });
  await waitFor(() => expect(hooks('kpi-link-proof').length).toBeGreaterThan(0));
});

test.each<LayoutKind>(['right', 'outline', 'icicle', 'heatmap'])('in the %s a node of which something is supposed is marked', async layout => {
  answer({ ...told(), overridden: ['orders'] });
  await drawn({ layout });
  expect(hooks('kpi-supposed')).toHaveLength(1);
  expect(item('orders').contains(hook('kpi-supposed'))).toBe(true);
});
