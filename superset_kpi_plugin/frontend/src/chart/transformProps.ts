import type { ChartProps } from '@superset-ui/core';
import { selectionOf, type CrossFilter } from '../tree/crossFilter';
import { LAYOUT_KINDS, type LayoutChoice } from '../tree/kinds';
import { requestFromFormData } from './request';
import type { KpiTreeChartProps, KpiTreeFormData } from './types';

export const ALL_LEVELS = 0;
export const DEFAULT_DEPTH = 3;
export const DEFAULT_HISTORY = 12;
/** More the server does not tell. */
const MOST_HISTORY = 60;

export default function transformProps(props: ChartProps): KpiTreeChartProps {
  const formData = props.rawFormData as KpiTreeFormData;
  const { request, unsupported } = requestFromFormData(formData);
  return {
    width: props.width,
    height: props.height,
    theme: props.theme ?? {},
    chartId: formData.slice_id ?? 0,
    tree: formData.kpi_tree || null,
    request,
    unsupportedFilters: unsupported,
    initialDepth: depthOf(formData.kpi_initial_depth),
    layout: layoutOf(formData.kpi_layout),
    history: historyOf(formData.kpi_history),
    by: formData.kpi_by?.trim() ?? '',
    crossFilter: crossFilterOf(props),
    revision: props.queriesData,
  };
}

function crossFilterOf({ emitCrossFilters, hooks, filterState }: ChartProps): CrossFilter | null {
  const emit = hooks?.setDataMask;
  return emitCrossFilters && emit ? { selected: selectionOf(filterState), emit } : null;
}

function depthOf(value: KpiTreeFormData['kpi_initial_depth']): number {
  if (value === undefined || value === null || value === '') return DEFAULT_DEPTH;
  const depth = Number(value);
  if (!Number.isFinite(depth) || depth < 0) return DEFAULT_DEPTH;
  return depth === ALL_LEVELS ? Infinity : depth;
}

function layoutOf(value: KpiTreeFormData['kpi_layout']): LayoutChoice {
  return LAYOUT_KINDS.find(kind => kind === value) ?? 'auto';
}

function historyOf(value: KpiTreeFormData['kpi_history']): number {
  const periods = value === '' || value === null || value === undefined ? NaN : Number(value);
  return Number.isInteger(periods) && periods >= 0 ? Math.min(periods, MOST_HISTORY) : DEFAULT_HISTORY;
}
