import { buildQueryContext, type QueryContext, type QueryObject } from '@superset-ui/core';
import { noteQuery } from './refresh';
import type { KpiTreeFormData } from './types';

export const COUNT = {
  expressionType: 'SIMPLE',
  aggregate: 'COUNT',
  column: { column_name: 'uuid' },
  label: 'trees',
};

/**
 * The host insists on a query of its own before it draws: this one counts the chosen tree.
 *
 * A count always gives one row, also for who may not see the tree; with none, the host would write "No results" where
 * the chart has something better to say. The base query's filters and time range are left out: they are about the
 * tree's datasets, which the evaluation reads, and not about the list of trees.
 */
export default function buildQuery(formData: KpiTreeFormData): QueryContext {
  noteQuery(formData.slice_id ?? 0, formData.force ?? false);
  return buildQueryContext(formData, base => [countOfTree(base, formData.kpi_tree ?? '')]);
}

function countOfTree(base: QueryObject, tree: string): QueryObject {
  return {
    annotation_layers: [],
    columns: [],
    extras: {},
    filters: [{ col: 'uuid', op: '==', val: tree }],
    metrics: [COUNT],
    orderby: [],
    row_limit: 1,
    url_params: base.url_params,
  };
}
