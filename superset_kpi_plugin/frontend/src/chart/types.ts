import type { HostTheme, QueryFormData } from '@superset-ui/core';
import type { EvaluateRequest } from '../api/types';

/** What the chart's controls store. */
export interface KpiTreeFormData extends QueryFormData {
  kpi_tree?: string | null;
  kpi_as_of?: string | null;
  kpi_initial_depth?: number | string | null;
}

/** What the chart's view is given. */
export interface KpiTreeChartProps {
  width: number;
  height: number;
  theme: HostTheme;
  chartId: number;
  tree: string | null;
  request: EvaluateRequest;
  /** Filters of the chart that no evaluation can take (custom SQL, HAVING), as people wrote them. */
  unsupportedFilters: string[];
  /** How many levels start unfolded; Infinity for all. */
  initialDepth: number;
  /** A new identity whenever the host has queried again: time to evaluate again. */
  revision: object;
}
