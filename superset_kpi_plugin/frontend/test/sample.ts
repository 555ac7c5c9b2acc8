/** Evaluations for tests, as the server would answer them. */
import type { Evaluation, NodeResult, Operator, ReasonCode, Status, TreeLink, TreeNode } from '../src/api/types';

export function node(key: string, extra: Partial<TreeNode> = {}): TreeNode {
  return {
    key,
    uuid: `uuid-${key}`,
    name: `The ${key}`,
    description: '',
    department: null,
    unit: null,
    d3format: ',.0f',
    direction: 'increase',
    formula: null,
    owner: null,
    accumulation: 'flow',
    source: 'metric',
    rollup_method: 'weighted_mean',
    thresholds: { on_track: 0.95, at_risk: 0.8 },
    metric: null,
    ...extra,
  };
}

export function link(parent: string, child: string, order: number, operator: Operator | null = null): TreeLink {
  return { parent, child, kind: operator ? 'component' : 'influence', operator, weight: 1, order };
}

export function result(status: Status, extra: Partial<NodeResult> = {}): NodeResult {
  return {
    actual: null, target: null, baseline: null, lower: null, upper: null, variance: null, attainment: null,
    score: null, coverage: null, expected: null, elapsed: null, pace: null, paced_score: null, forecast: null,
    forecast_attainment: null, needed_per_day: null, unexplained: null, status, reason: null, reasons: {},
    data_through: null, target_derived: false, targets_gap: [],
    ...extra,
  };
}

export function because(name: 'actual' | 'target' | 'attainment', code: ReasonCode, message: string): Partial<NodeResult> {
  return { reason: code, reasons: { [name]: { code, message } } };
}

/** revenue = orders × value; satisfaction influences revenue; visits stands under orders and satisfaction. */
export function sample(): Evaluation {
  return {
    tree: {
      uuid: 'tree-1', slug: 'marketing', name: 'Marketing', description: '', grain: 'month', published: true,
      root: 'revenue',
      nodes: [
        node('revenue', { d3format: '$,.0f', unit: 'USD' }),
        node('orders', { unit: 'orders' }),
        node('value', { d3format: '$,.2f' }),
        node('satisfaction', { unit: 'points' }),
        node('visits', { unit: 'visits' }),
      ],
      links: [
        link('revenue', 'orders', 0, '*'),
        link('revenue', 'value', 1, '*'),
        link('revenue', 'satisfaction', 2),
        link('orders', 'visits', 0, '+'),
        link('satisfaction', 'visits', 0),
      ],
    },
    window: { since: '2026-11-01', until: '2026-12-01', as_of: '2026-11-21', closed: false, name: '2026-11' },
    headline: { key: 'revenue', disagreement: null },
    nodes: {
      revenue: result('off_track', { actual: 350000, target: 500000, attainment: 0.7, score: 0.81, expected: 350000 }),
      orders: result('on_track', { actual: 6890, target: 9000, attainment: 0.7656, score: 0.77 }),
      value: result('no_data', { target: 55, ...because('actual', 'no_data', 'No rows in November.') }),
      satisfaction: result('no_target', { actual: 82, ...because('target', 'no_target', 'Give it a target.') }),
      visits: result('achieved', { actual: 1234567, target: 1000000, attainment: 1.234567, score: 1 }),
    },
    history: null,
    compare: {},
    by: null,
    overridden: [],
    queries: [],
    filters_not_applied: [],
  };
}

/** A tree of so many nodes, each with up to five children. */
export function wide(count: number): Evaluation['tree'] {
  const nodes = Array.from({ length: count }, (_, index) => node(`n${index}`));
  const links = nodes.slice(1).map((one, index) => link(`n${Math.floor(index / 5)}`, one.key, index, '+'));
  return { ...sample().tree, root: 'n0', nodes, links };
}
