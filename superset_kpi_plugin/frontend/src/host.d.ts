/** The part of the host's shared modules that this plugin uses, common to Superset 4.1, 5.0, 6.0 and 6.1. */

declare module '@superset-ui/core' {
  export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

  export interface QueryFilter {
    col: string;
    op: string;
    val?: Json;
  }

  export interface AdhocFilter {
    expressionType: 'SIMPLE' | 'SQL';
    clause?: 'WHERE' | 'HAVING';
    subject?: string | null;
    operator?: string;
    comparator?: Json;
    sqlExpression?: string | null;
  }

  export interface ExtraFormData {
    time_range?: string;
    filters?: QueryFilter[];
    adhoc_filters?: AdhocFilter[];
  }

  export interface QueryFormData {
    datasource?: string;
    viz_type?: string;
    slice_id?: number;
    force?: boolean;
    time_range?: string;
    adhoc_filters?: AdhocFilter[];
    extra_form_data?: ExtraFormData;
  }

  export interface QueryObject {
    columns?: string[];
    metrics?: object[];
    filters?: QueryFilter[];
    extras?: object;
    orderby?: object[];
    annotation_layers?: object[];
    row_limit?: number;
    time_range?: string;
    granularity?: string;
    url_params?: Record<string, string>;
  }

  export interface QueryContext {
    queries: QueryObject[];
  }

  export function buildQueryContext(
    formData: QueryFormData,
    buildQuery: (base: QueryObject) => QueryObject[],
  ): QueryContext;

  export type HostTheme = Record<string, unknown>;

  export interface ChartProps {
    width: number;
    height: number;
    theme?: HostTheme;
    rawFormData: QueryFormData;
    queriesData: readonly object[];
  }

  export class ChartMetadata {
    constructor(config: {
      name: string;
      description: string;
      category: string;
      tags: string[];
      thumbnail: string;
      thumbnailDark?: string;
      behaviors?: string[];
      suppressContextMenu?: boolean;
    });
  }

  export class ChartPlugin {
    constructor(config: {
      metadata: ChartMetadata;
      buildQuery: (formData: QueryFormData) => QueryContext;
      transformProps: (props: ChartProps) => object;
      loadChart: () => Promise<object>;
      controlPanel: object;
    });
    configure(config: { key: string }): this;
    register(): this;
  }

  export function getNumberFormatter(format?: string): (value: number) => string;

  export const SupersetClient: {
    get(request: { endpoint: string; signal?: AbortSignal }): Promise<{ json: unknown; response: Response }>;
    post(request: {
      endpoint: string;
      jsonPayload: object;
      signal?: AbortSignal;
    }): Promise<{ json: unknown; response: Response }>;
    /** The whole address of a path, wherever the host is served. */
    getUrl?(request: { endpoint: string }): string;
  };

  /** Left core with Superset 6.1, where it is window.superset.translation.t. */
  export const t: ((text: string) => string) | undefined;
}

declare module '@superset-ui/chart-controls' {
  export const sharedControls: Record<string, object>;
}

interface Window {
  superset?: { translation?: { t?: (text: string) => string } };
  superset_kpi_plugin?: object;
}
