/** Where Explore asks the dataset what the tree asked of it: the same metric, rows and days. */
import type { AdhocFilter, Evaluation, EvaluateRequest, Filter, MetricOrigin, TreeNode } from '../api/types';

export function isReadable(metric: TreeNode['metric']): metric is MetricOrigin {
  return metric !== null && 'dataset_id' in metric;
}

/** The path of Explore with a big number of the metric. Explore keeps the form data and shows a short address. */
export function explorePath(metric: MetricOrigin, filters: Filter[]): string {
  const days = { col: metric.time_column, op: 'TEMPORAL_RANGE', val: metric.time_range ?? 'No filter' };
  const formData = {
    datasource: `${metric.dataset_id}__table`,
    viz_type: 'big_number_total',
    metric: metric.metric_name,
    adhoc_filters: [...[days, ...filters].map(asAdhoc), ...metric.filters],
  };
  return `/superset/explore/?form_data=${encodeURIComponent(JSON.stringify(formData))}`;
}

/** The filters of the request that reached the node. */
export function filtersOf(key: string, { filters = [] }: EvaluateRequest, evaluation: Evaluation): Filter[] {
  const missed = evaluation.filters_not_applied.filter(({ nodes }) => nodes.includes(key)).map(one => one.filter);
  return filters.filter(({ col, op }) => !missed.some(filter => filter.col === col && filter.op === op));
}

/** A filter of the request in the form that Explore and the tree's own filters have. */
export function asAdhoc({ col, op, val }: Filter): AdhocFilter {
  return { expressionType: 'SIMPLE', clause: 'WHERE', subject: col, operator: op, comparator: val ?? null };
}

/** "region IN North, South", or the SQL as it was written. */
export function written({ expressionType, subject, operator, comparator, sqlExpression }: AdhocFilter): string {
  if (expressionType === 'SQL') return sqlExpression ?? '';
  const value = Array.isArray(comparator) ? comparator.join(', ') : String(comparator ?? '');
  return `${subject ?? ''} ${operator ?? ''} ${value}`.trim();
}
