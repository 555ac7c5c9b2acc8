import { expect, test } from 'vitest';
import { readTree } from '../../builder/draft/document';
import type { MetricProposal } from '../api';
import { firstChoice, formulaInNames, isOpen, outlineOf, withMetrics } from './links';

const document = readTree({
  nodes: [
    { key: 'revenue', name: 'Revenue', source: 'formula', formula: 'orders * value - refunds' },
    { key: 'orders', name: 'Won-orders' },
    { key: 'value', name: 'Value', d3format: ',.1f' },
    { key: 'refunds', name: 'Refunds' },
  ],
  links: ['orders', 'value', 'refunds'].map((child, order) => ({ parent: 'revenue', child, weight: 1, order, lag: 0, expected_sign: null })),
});

const proposal = (metric_name: string, score: number): MetricProposal => ({
  dataset_uuid: 'd', dataset: 'orders', metric_name, label: metric_name, expression: 'SUM(x)', d3format: '$,.0f', time_column: null, score, why: '',
});

test('chooses the best metric where it is good, and none for what is computed', () => {
  const chosen = firstChoice(document, {
    revenue: [proposal('revenue', 1)],
    orders: [proposal('orders', 0.9), proposal('calls', 0.7)],
    value: [proposal('value', 0.5)],
  });
  expect(Object.entries(chosen).map(([key, { metric_name }]) => [key, metric_name])).toEqual([['orders', 'orders']]);
});

test('a confirmed metric becomes the source, and brings its format where there is none', () => {
  const linked = withMetrics(document, { orders: proposal('orders', 1), value: proposal('value', 1), revenue: proposal('sales', 1) }, {});
  const [revenue, orders, value, refunds] = linked.nodes;
  expect(orders).toMatchObject({ source: 'metric', metric: { dataset_uuid: 'd', metric_name: 'orders', filters: [], time_column: null, empty: 'missing' }, d3format: '$,.0f' });
  expect(value!.d3format).toBe(',.1f');
  expect(revenue).toMatchObject({ source: 'metric', formula: 'orders * value - refunds' });
  expect(isOpen(refunds!)).toBe(true);
});

test('what a node came linked to is chosen as it is, and left open where somebody takes it away', () => {
  const metric = { dataset_uuid: 'd', metric_name: 'orders', filters: [], time_column: 'day', empty: 'zero' as const };
  const implied = readTree({ nodes: [{ key: 'orders', name: 'Orders', metric }] });
  const proposals = { orders: [proposal('calls', 0.9), proposal('orders', 0.4)] };
  const chosen = firstChoice(implied, proposals);
  expect(chosen.orders?.metric_name).toBe('orders');
  expect(withMetrics(implied, chosen, proposals).nodes[0]).toBe(implied.nodes[0]);
  expect(withMetrics(implied, {}, proposals).nodes[0]!.metric).toBeNull();
  expect(withMetrics(implied, { orders: proposal('calls', 0.9) }, proposals).nodes[0]!.metric).toMatchObject({ metric_name: 'calls' });
});

test('tells the tree as an outline, and formulas in names', () => {
  expect(outlineOf(document).map(({ node, level }) => `${level} ${node.key}`)).toEqual(['0 revenue', '1 orders', '1 value', '1 refunds']);
  expect(formulaInNames('orders * value - refunds / 2', document)).toBe('Won-orders × Value − Refunds ÷ 2');
});
