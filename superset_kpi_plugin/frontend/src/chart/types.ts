import type { HostTheme, QueryFormData } from '@superset-ui/core';
import type { EvaluateRequest, PastKind } from '../api/types';
import type { CrossFilter } from '../tree/crossFilter';
import type { LayoutChoice } from '../tree/kinds';

/** What the chart's controls store. */
export interface KpiTreeFormData extends QueryFormData {
  kpi_tree?: string | null;
  kpi_as_of?: string | null;
  kpi_initial_depth?: number | string | null;
  kpi_layout?: string | null;
  kpi_history?: number | string | null;
  kpi_by?: string | null;
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
  /** How it is drawn at first. */
  layout: LayoutChoice;
  /** Of how many periods each node tells, the window's own included. */
  history: number;
  /** The column whose members the heatmap shows; empty where none is chosen. */
  by: string;
  /** With what each node is compared; the period before, unless told otherwise. */
  compare?: PastKind;
  /** The dashboard's cross-filter; null where there is no dashboard that takes one. */
  crossFilter?: CrossFilter | null;
  /** A new identity whenever the host has queried again: time to evaluate again. */
  revision: object;
}
