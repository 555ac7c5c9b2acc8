import { expect, test } from 'vitest';
import { link, node, sample } from '../../test/sample';
import type { AdhocFilter, Contribution } from '../api/types';
import { explorePath, filtersOf, isReadable, written } from './panelExplore';
import { formulaInWords, formulaParts } from './panelFormula';
import { historyScale } from './panelHistory';
import { waterfall } from './waterfall';
import { leversOf, quantitiesOf, reachable, stillThere, suppose, supposedOf } from './whatif';

test('a formula is told in names and in the signs people write', () => {
  const names: Record<string, string> = { orders: 'Orders', average_order_value: 'Average order value', refunds: 'Refunds' };
  const words = (formula: string) => formulaInWords('Revenue', formula, key => names[key] ?? key);
  expect(words('orders * average_order_value')).toBe('Revenue = Orders × Average order value');
  expect(words('(orders-refunds)/2.5 * average_order_value')).toBe('Revenue = (Orders − Refunds) ÷ 2.5 × Average order value');
  expect(formulaParts('orders * 2')).toEqual([
    { kind: 'driver', key: 'orders' }, { kind: 'sign', text: '×' }, { kind: 'number', text: '2' },
  ]);
});

const won: AdhocFilter = { expressionType: 'SIMPLE', clause: 'WHERE', subject: 'won_by', operator: '==', comparator: 'marketing' };
const metric = {
  dataset_uuid: 'c0ff', dataset_id: 7, dataset: 'orders', metric_name: 'revenue', filters: [won], time_column: 'day',
  time_range: '2026-11-01 : 2026-11-22',
};

test('Explore is asked for the same metric, days and rows', () => {
  const path = explorePath(metric, [{ col: 'region', op: 'IN', val: ['North'] }]);
  expect(path.startsWith('/superset/explore/?form_data=')).toBe(true);
  const asked = JSON.parse(decodeURIComponent(path.split('form_data=')[1]!)) as Record<string, unknown>;
  expect(asked).toMatchObject({ datasource: '7__table', metric: 'revenue', viz_type: 'big_number_total' });
  expect(asked.adhoc_filters).toEqual([
    { expressionType: 'SIMPLE', clause: 'WHERE', subject: 'day', operator: 'TEMPORAL_RANGE', comparator: metric.time_range },
    { expressionType: 'SIMPLE', clause: 'WHERE', subject: 'region', operator: 'IN', comparator: ['North'] },
    won,
  ]);
});

test('only filters that reached the node are passed on', () => {
  const evaluation = sample();
  const [region, channel] = [{ col: 'region', op: 'IN', val: ['North'] }, { col: 'channel', op: '==', val: 'web' }];
  evaluation.filters_not_applied = [{ filter: region, nodes: ['orders'] }];
  expect(filtersOf('orders', { filters: [region, channel] }, evaluation)).toEqual([channel]);
  expect(filtersOf('visits', { filters: [region, channel] }, evaluation)).toEqual([region, channel]);
  expect(written(won)).toBe('won_by == marketing');
  expect([isReadable(metric), isReadable({ restricted: true }), isReadable(null)]).toEqual([true, false, false]);
});

test('history bars grow from zero, and what is undefined has none', () => {
  expect(historyScale({ actual: [50, null, 100], target: [100, 80, null] })).toEqual({
    zero: 0,
    bars: [{ bar: [0, 0.5], target: 1 }, { bar: null, target: 0.8 }, { bar: [0, 1], target: null }],
  });
  expect(historyScale({ actual: [-50, 50], target: [null, null] })).toEqual({
    zero: 0.5,
    bars: [{ bar: [0, 0.5], target: null }, { bar: [0.5, 1], target: null }],
  });
  expect(historyScale({ actual: [0], target: [null] }).bars).toEqual([{ bar: [0, 0], target: null }]);
});

const step = (key: string, kind: Contribution['kind'], contribution: number | null, before = 0, after = 0): Contribution =>
  ({ key, kind, contribution, before, after, reason: null });
const window = sample().window;

test('steps lead from the number before to the one after, the largest first', () => {
  const drawn = waterfall(
    {
      window, compared_with: null, change: -40, reason: null,
      contributions: [
        step('value', 'leaf', 20), step('orders', 'leaf', -60), step('calls', 'leaf', 1e-12), step('revenue', 'node', -40, 100, 60),
      ],
    },
    'revenue',
  )!;
  const rounded = (part: number) => Number(part.toFixed(6));
  expect(drawn.steps.map(({ row, from, to }) => [row.key, rounded(from), rounded(to)])).toEqual([['orders', 1, 0.4], ['value', 0.4, 0.6]]);
  expect([drawn.start, drawn.end, drawn.zero].map(rounded)).toEqual([1, 0.6, 0]);
  expect(drawn.without.map(({ key }) => key)).toEqual(['calls']);
});

test('small steps between large numbers can be seen', () => {
  const contributions = [step('orders', 'leaf', -2), step('revenue', 'node', -2, 1000, 998)];
  const drawn = waterfall({ window, compared_with: null, change: -2, reason: null, contributions }, 'revenue')!;
  expect(Math.abs(drawn.steps[0]!.from - drawn.steps[0]!.to)).toBeGreaterThan(0.5);
  expect([drawn.start, drawn.end].every(part => part >= 0 && part <= 1)).toBe(true);
});

test('a change that cannot be told has no steps', () => {
  expect(waterfall({ window, compared_with: null, change: null, reason: null, contributions: [] }, 'revenue')).toBeNull();
});

test('actual and target of a node are supposed apart, and nothing supposed is no override', () => {
  const some = suppose({}, 'orders', 'actual', { percent: 5 });
  expect(some).toEqual({ orders: { actual: { percent: 5 } } });
  const both = suppose(some, 'orders', 'target', { value: 9000 });
  expect(both).toEqual({ orders: { actual: { percent: 5 }, target: { value: 9000 } } });
  expect([supposedOf(both, 'orders', 'actual'), supposedOf(both, 'orders', 'target'), supposedOf(both, 'value', 'target')]).toEqual(
    [{ percent: 5 }, { value: 9000 }, null],
  );
  expect([quantitiesOf(both, 'orders'), quantitiesOf(some, 'orders'), quantitiesOf(some, 'value')]).toEqual([['actual', 'target'], ['actual'], []]);
  expect(suppose(both, 'orders', 'target', { percent: 0 })).toEqual(some);
  expect(suppose(some, 'orders', 'actual', null)).toEqual({});
  expect(suppose(some, 'value', 'actual', { value: 0 })).toEqual({ ...some, value: { actual: { value: 0 } } });
  expect(stillThere({ ...some, gone: { actual: { percent: 1 } } }, sample())).toEqual(some);
});

test('levers are the leaves, those of the formula and those that only move scores, and the targets above them', () => {
  const { tree, nodes } = sample();
  expect(leversOf(sample())).toEqual({ formula: ['visits', 'value'], influence: [], above: ['revenue', 'orders'] });
  const derived = { ...nodes, revenue: { ...nodes.revenue!, target_derived: true } };
  expect(leversOf({ tree, nodes: derived }).above).toEqual(['orders']);
  const banded = { ...nodes, orders: { ...nodes.orders!, target: null, lower: 1, upper: 2 } };
  expect(leversOf({ tree, nodes: banded }, 'orders').above).toEqual(['orders']);
  const small = {
    root: 'goal',
    nodes: ['goal', 'a', 'b', 'c'].map(key => node(key)),
    links: [link('goal', 'a', 0, '+'), link('a', 'b', 0, '+'), link('goal', 'c', 1)],
  };
  expect(leversOf({ tree: small, nodes: {} })).toEqual({ formula: ['b'], influence: ['c'], above: [] });
  expect(leversOf({ tree: small, nodes: {} }, 'a')).toEqual({ formula: ['b'], influence: [], above: [] });
  expect([...reachable(small, 'goal', true)]).toEqual(['goal', 'a', 'b']);
});
