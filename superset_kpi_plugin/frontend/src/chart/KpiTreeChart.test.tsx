import React from 'react';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sample, wide } from '../../test/sample';
import { answerWith, posts } from '../../test/superset-core';
import type { Evaluation } from '../api/types';
import { setLocale } from '../i18n';
import { forgetAll } from '../view/memory';
import KpiTreeChart from './KpiTreeChart';
import { noteQuery } from './refresh';
import type { KpiTreeChartProps } from './types';

function props(extra: Partial<KpiTreeChartProps> = {}): KpiTreeChartProps {
  return {
    width: 1000, height: 700, theme: {}, chartId: 1, tree: 'tree-1', request: {}, unsupportedFilters: [],
    initialDepth: Infinity, layout: 'right', history: 12, by: '', revision: {}, ...extra,
  };
}

/** What every picture asks for besides its window. */
const PICTURE = { history: 12, compare: ['previous_period'] };

const answer = (evaluation: Evaluation) => answerWith(() => Promise.resolve({ json: { result: evaluation } }));
const hook = (name: string, within: ParentNode = document) => within.querySelector<HTMLElement>(`[data-test="${name}"]`);
const hooks = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const card = (key: string) => document.querySelector<HTMLElement>(`[data-test="kpi-node"][data-key="${key}"]`)!;
const keys = () => hooks('kpi-node').map(one => one.dataset.key);
const drawn = (extra?: Partial<KpiTreeChartProps>) => {
  const view = render(<KpiTreeChart {...props(extra)} />);
  return waitFor(() => expect(hook('kpi-content')?.dataset.state).toBe('ready')).then(() => view);
};
const state = () => hook('kpi-state')?.dataset.state;

beforeEach(() => {
  forgetAll();
  setLocale('en');
  answer(sample());
});
afterEach(cleanup);

test('cards carry the server’s numbers, formatted and raw', async () => {
  await drawn();
  const revenue = card('revenue');
  const read = (name: string) => [hook(name, revenue)!.textContent, hook(name, revenue)!.dataset.value];
  expect(read('kpi-actual')).toEqual(['$350,000', '350000']);
  expect(read('kpi-target')).toEqual(['$500,000', '500000']);
  expect(read('kpi-attainment')).toEqual(['70%', '0.7']);
  expect(read('kpi-score')).toEqual(['81%', '0.81']);
  expect(read('kpi-status')).toEqual(['Off track', 'off_track']);
  expect(hook('kpi-status', revenue)!.querySelector('svg')).not.toBeNull();
});

test('an undefined number is a dash with its reason, never a zero', async () => {
  await drawn();
  const actual = hook('kpi-actual', card('value'))!;
  expect(actual.textContent).toBe('– No data');
  expect(actual.dataset.value).toBe('');
  expect(actual.title).toBe('No data. No rows in November.');
  expect(hook('kpi-reason', card('value'))!.textContent).toContain('No rows in November.');
  expect(hook('kpi-target', card('satisfaction'))!.dataset.reason).toBe('no_target');
  expect(within(card('value')).queryByText('0')).toBeNull();
});

test('the header shows window and headline', async () => {
  await drawn();
  expect(hook('kpi-window')!.textContent).toBe('November 2026 · open, as of Nov 21, 2026');
  expect(hook('kpi-headline')!.dataset.value).toBe('0.7');
  expect(hook('kpi-headline-score')!.textContent).toBe('81%');
  expect(hook('kpi-headline-status')!.dataset.value).toBe('off_track');
});

test('says where goal and drivers disagree, and which filters reach which nodes', async () => {
  const evaluation = sample();
  evaluation.headline.disagreement = { kind: 'goal_missed', goal: 0.7, drivers: 0.95, paced: true };
  evaluation.filters_not_applied = [{ filter: { col: 'region', op: 'IN', val: ['North'] }, nodes: ['satisfaction', 'value'] }];
  answer(evaluation);
  await drawn({ unsupportedFilters: ["a = 'b'"] });
  expect(hook('kpi-notice-disagreement')!.textContent).toBe('The drivers do better than the goal');
  expect(hook('kpi-notice-unsupported')!.textContent).toBe('Custom SQL filters are not applied');
  const filters = hook('kpi-notice-filters')!;
  expect(filters.textContent).toBe('Not applied to 2 nodes: region');
  fireEvent.click(filters.querySelector('[role=button]')!);
  expect(hook('kpi-notice-filters-details')!.textContent).toBe('region IN North: The satisfaction, The value');
});

test('links carry operators, influences are told apart', async () => {
  await drawn();
  expect(hooks('kpi-operator').map(one => one.textContent)).toEqual(['×', '+', '×']);
  expect(hooks('kpi-link').filter(one => one.dataset.kind === 'influence')).toHaveLength(2);
});

test('branches fold and unfold by their button, and all at once', async () => {
  await drawn({ initialDepth: 1 });
  expect(keys()).toEqual(['revenue']);
  expect(card('revenue').getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(hook('kpi-fold', card('revenue'))!);
  expect(keys()).toEqual(['revenue', 'orders', 'value', 'satisfaction']);
  fireEvent.click(hook('kpi-unfold-all')!);
  expect(keys()).toEqual(['revenue', 'orders', 'visits', 'value', 'satisfaction']);
  fireEvent.click(hook('kpi-fold-all')!);
  expect(keys()).toEqual(['revenue']);
});

test('a reference unfolds and focuses the node it stands for', async () => {
  await drawn();
  fireEvent.click(hook('kpi-fold', card('orders'))!);
  expect(keys()).not.toContain('visits');
  fireEvent.click(hook('kpi-reference')!);
  expect(document.activeElement).toBe(card('visits'));
});

test('is a tree to assistive technology, walked by the arrow keys', async () => {
  await drawn();
  expect(screen.getByRole('tree', { name: 'Marketing' })).toBeTruthy();
  expect(card('visits').getAttribute('aria-level')).toBe('3');
  expect(card('value').getAttribute('aria-posinset')).toBe('2');
  expect(card('value').getAttribute('aria-expanded')).toBeNull();
  const name = 'The revenue, Off track, Actual: $350,000, Target: $500,000, Attainment: 70%, Score: 81%';
  expect(screen.getByRole('treeitem', { name })).toBe(card('revenue'));
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
  card('revenue').focus();
  press('ArrowDown');
  press('ArrowDown');
  expect(document.activeElement).toBe(card('visits'));
  press('ArrowLeft');
  expect(document.activeElement).toBe(card('orders'));
  press('Enter');
  expect(card('orders').getAttribute('aria-expanded')).toBe('false');
  press('End');
  expect((document.activeElement as HTMLElement).dataset.test).toBe('kpi-reference');
  expect(document.querySelectorAll('[role="treeitem"][tabindex="0"]')).toHaveLength(1);
});

test('a click selects a node, as space does; escape gives it up', async () => {
  await drawn();
  fireEvent.click(card('orders'));
  expect(card('orders').getAttribute('aria-selected')).toBe('true');
  card('value').focus();
  fireEvent.keyDown(card('value'), { key: ' ' });
  expect([card('orders'), card('value')].map(one => one.getAttribute('aria-selected'))).toEqual(['false', 'true']);
  fireEvent.keyDown(card('value'), { key: 'Escape' });
  expect(document.querySelector('[aria-selected="true"]')).toBeNull();
});

test('zooms by buttons, keys and wheel', async () => {
  await drawn();
  const scale = () => Number(/scale\(([\d.e-]+)\)/.exec(hook('kpi-layer')!.style.transform)![1]);
  const first = scale();
  fireEvent.click(hook('kpi-zoom-in')!);
  expect(scale()).toBeCloseTo(first * 1.3);
  fireEvent.keyDown(card('revenue'), { key: '0' });
  expect(scale()).toBeCloseTo(first);
  fireEvent.keyDown(card('revenue'), { key: '-' });
  expect(scale()).toBeCloseTo(first / 1.25);
  fireEvent.wheel(hook('kpi-canvas')!, { deltaY: -200, clientX: 10, clientY: 10, ctrlKey: true });
  expect(scale()).toBeGreaterThan(first / 1.25);
});

test('of a large tree only what is near the screen is drawn', async () => {
  answer({ ...sample(), tree: wide(600), nodes: {}, headline: { key: 'n0', disagreement: null } });
  await drawn();
  expect(hooks('kpi-node').length).toBeGreaterThan(3);
  expect(hooks('kpi-node').length).toBeLessThan(150);
  expect(card('n0')).not.toBeNull();
});

test('shows a skeleton first, and the old numbers while new ones are on their way', async () => {
  answerWith(() => new Promise(() => {}));
  const { unmount } = render(<KpiTreeChart {...props()} />);
  expect(state()).toBe('loading');
  unmount();
  answer(sample());
  const view = await drawn();
  answerWith(() => new Promise(() => {}));
  view.rerender(<KpiTreeChart {...props({ request: { time_range: 'Last week' } })} />);
  expect(hook('kpi-content')!.dataset.state).toBe('refreshing');
  expect(card('revenue')).not.toBeNull();
  expect(posts[0]!.jsonPayload).toEqual({ time_range: 'Last week', ...PICTURE });
});

test('a newer request cancels the older', async () => {
  answerWith(() => new Promise(() => {}));
  const view = render(<KpiTreeChart {...props()} />);
  const older = posts[0]!;
  view.rerender(<KpiTreeChart {...props({ request: { as_of: '2026-01-01' } })} />);
  expect(older.signal.aborted).toBe(true);
  view.unmount();
  expect(posts.every(post => post.signal.aborted)).toBe(true);
});

test('asks again when the host has queried again, by force where a person forced it, and only then', async () => {
  const revision = {};
  const view = await drawn({ revision });
  view.rerender(<KpiTreeChart {...props({ revision, width: 500 })} />);
  expect(posts).toHaveLength(1);
  noteQuery(1, true);
  view.rerender(<KpiTreeChart {...props()} />);
  expect(posts.map(post => post.jsonPayload)).toEqual([PICTURE, { ...PICTURE, force: true }]);
  await waitFor(() => expect(hook('kpi-content')!.dataset.state).toBe('ready'));
});

test('what was folded is remembered across the host’s unmounting', async () => {
  const view = await drawn();
  fireEvent.click(hook('kpi-fold', card('orders'))!);
  view.unmount();
  await drawn();
  expect(keys()).not.toContain('visits');
});

test.each([403, 404])('%d is one and the same honest message', async status => {
  answerWith(() => Promise.reject({ status, statusText: '', json: () => Promise.resolve({ message: 'no' }) }));
  render(<KpiTreeChart {...props()} />);
  await waitFor(() => expect(state()).toBe('hidden'));
  expect(hook('kpi-state')!.textContent).toContain('Ask its owner');
});

test('an error can be tried again', async () => {
  answerWith(() => Promise.reject(new TypeError('Failed to fetch')));
  render(<KpiTreeChart {...props()} />);
  await waitFor(() => expect(state()).toBe('failed'));
  expect(screen.getByRole('alert').textContent).toContain('The server did not answer.');
  answer(sample());
  fireEvent.click(hook('kpi-retry')!);
  await waitFor(() => expect(card('revenue')).not.toBeNull());
});

test('no tree chosen and a tree without nodes are told apart', async () => {
  const view = render(<KpiTreeChart {...props({ tree: null })} />);
  expect(state()).toBe('choose');
  expect(posts).toHaveLength(0);
  view.unmount();
  const evaluation = sample();
  answer({ ...evaluation, tree: { ...evaluation.tree, nodes: [], links: [], root: '' }, nodes: {} });
  await drawn();
  expect(state()).toBe('empty');
});

test('speaks the language of the page', async () => {
  setLocale('vi');
  await drawn();
  expect(hook('kpi-status', card('revenue'))!.textContent).toBe('Chệch tiến độ');
  expect(hook('kpi-window')!.textContent).toContain('đang mở');
});

test('where one looked is remembered once one has moved, and not before', async () => {
  const place = () => hook('kpi-layer')!.style.transform;
  const first = await drawn();
  const chosen = place();
  first.unmount();
  const other = await drawn({ width: 500, height: 300 });
  expect(place()).not.toBe(chosen);
  fireEvent.click(hook('kpi-zoom-in')!);
  const moved = place();
  other.unmount();
  await drawn({ width: 500, height: 300 });
  expect(place()).toBe(moved);
});

test('numbers from the cache say how old they are, and one press reads them anew', async () => {
  const query = { dataset: 'orders', metrics: ['revenue'], windows: [], columns: [], apart: null, rows: 1, milliseconds: 3, error: null };
  const read = new Date(Date.now() - 5.5 * 60_000).toISOString();
  answer({ ...sample(), queries: [{ ...query, cached: true, cached_on: read.slice(0, 19) }, { ...query, cached: false, cached_on: null }] });
  await drawn();
  const mark = hook('kpi-cached')!;
  expect(mark.textContent).toBe('Cached 5 minutes ago');
  answer({ ...sample(), queries: [{ ...query, cached: false, cached_on: null }] });
  fireEvent.click(mark);
  await waitFor(() => expect(hook('kpi-cached')).toBeNull());
  expect(posts.map(({ jsonPayload }) => jsonPayload)).toEqual([{ ...PICTURE, force: true }]);
});

test('numbers that may no longer be seen are forgotten', async () => {
  const view = await drawn();
  answerWith(() => Promise.reject({ status: 404, statusText: '', json: () => Promise.resolve({ message: 'no' }) }));
  view.rerender(<KpiTreeChart {...props()} />);
  await waitFor(() => expect(state()).toBe('hidden'));
  view.unmount();
  answerWith(() => new Promise(() => {}));
  render(<KpiTreeChart {...props()} />);
  expect(state()).toBe('loading');
  expect(keys()).toEqual([]);
});
