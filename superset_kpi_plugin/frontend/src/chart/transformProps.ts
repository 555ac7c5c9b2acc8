import type { ChartProps } from '@superset-ui/core';
import { requestFromFormData } from './request';
import type { KpiTreeChartProps, KpiTreeFormData } from './types';

export const ALL_LEVELS = 0;
export const DEFAULT_DEPTH = 3;

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
    revision: props.queriesData,
  };
}

function depthOf(value: KpiTreeFormData['kpi_initial_depth']): number {
  if (value === undefined || value === null || value === '') return DEFAULT_DEPTH;
  const depth = Number(value);
  if (!Number.isFinite(depth) || depth < 0) return DEFAULT_DEPTH;
  return depth === ALL_LEVELS ? Infinity : depth;
}
