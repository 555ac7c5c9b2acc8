/** From what the chart and its dashboard ask (form data) to what the evaluation takes. */
import type { AdhocFilter, QueryFilter } from '@superset-ui/core';
import type { EvaluateRequest } from '../api/types';
import type { KpiTreeFormData } from './types';

const NO_TIME_RANGE = 'No filter';
const TEMPORAL_RANGE = 'TEMPORAL_RANGE';

export interface RequestAndRest {
  request: EvaluateRequest;
  unsupported: string[];
}

export function requestFromFormData(formData: KpiTreeFormData): RequestAndRest {
  const extra = formData.extra_form_data ?? {};
  const adhoc = [...(formData.adhoc_filters ?? []), ...(extra.adhoc_filters ?? [])];
  const simple = adhoc.filter(isSimple).map(toQueryFilter);
  const everything = [...simple, ...(extra.filters ?? [])];
  const filters = everything.filter(({ op }) => op !== TEMPORAL_RANGE);
  const timeRange = firstTimeRange([
    extra.time_range,
    ...(extra.filters ?? []).filter(isTemporal).map(({ val }) => val),
    formData.time_range,
    ...simple.filter(isTemporal).map(({ val }) => val),
  ]);
  const asOf = formData.kpi_as_of?.trim();
  return {
    request: {
      ...(asOf ? { as_of: asOf } : {}),
      ...(timeRange ? { time_range: timeRange } : {}),
      ...(filters.length ? { filters } : {}),
    },
    unsupported: adhoc.filter(filter => !isSimple(filter)).map(nameOf),
  };
}

function isSimple(filter: AdhocFilter): boolean {
  return filter.expressionType === 'SIMPLE' && filter.clause !== 'HAVING' && Boolean(filter.subject);
}

function isTemporal(filter: QueryFilter): boolean {
  return filter.op === TEMPORAL_RANGE;
}

function toQueryFilter({ subject, operator, comparator }: AdhocFilter): QueryFilter {
  const filter = { col: subject ?? '', op: operator ?? '==' };
  return comparator === undefined || comparator === null ? filter : { ...filter, val: comparator };
}

function firstTimeRange(candidates: unknown[]): string | undefined {
  return candidates.find(
    (range): range is string => typeof range === 'string' && range !== '' && range !== NO_TIME_RANGE,
  );
}

function nameOf(filter: AdhocFilter): string {
  return filter.sqlExpression || `${filter.subject ?? ''} ${filter.operator ?? ''}`.trim();
}
