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
    hooks?: { setDataMask?: (mask: object) => void };
    /** Whether the dashboard takes cross-filters; never in Explore. */
    emitCrossFilters?: boolean;
    filterState?: FilterState;
  }

  export interface FilterState {
    value?: unknown;
    selectedValues?: unknown;
    label?: string;
    column?: string;
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

  export interface HostRequest {
    endpoint: string;
    signal?: AbortSignal;
    headers?: Record<string, string>;
    /** Leaves a lost session to us, instead of leaving the page for the login. */
    ignoreUnauthorized?: boolean;
  }

  export interface HostBody extends HostRequest {
    jsonPayload?: object;
    /** A form with files in it. */
    body?: FormData;
    /** "raw" gives the response itself. */
    parseMethod?: 'json' | 'raw';
  }

  export interface HostAnswer {
    json: unknown;
    response: Response;
  }

  export const SupersetClient: {
    get(request: HostRequest): Promise<HostAnswer>;
    post(request: HostBody): Promise<HostAnswer>;
    put(request: HostBody): Promise<HostAnswer>;
    delete(request: HostRequest): Promise<HostAnswer>;
    /** Fetches a new CSRF token. */
    reAuthenticate?(): Promise<unknown>;
    /** The whole address of a path, wherever the host is served. */
    getUrl?(request: { endpoint: string }): string;
  };

  /** Left core with Superset 6.1, where it is window.superset.translation.t. */
  export const t: ((text: string) => string) | undefined;

  /** The theme that is on, in Superset 6.0; before that supersetTheme; since 6.1 window.superset.theme. */
  export const themeObject: { theme: HostTheme } | undefined;
  export const supersetTheme: HostTheme | undefined;
}

declare module '@superset-ui/chart-controls' {
  export const sharedControls: Record<string, object>;
  /** A control's label, with what is wrong with its value. */
  export const ControlHeader: import('react').ComponentType<Record<string, unknown>> | undefined;
}

interface Window {
  superset?: {
    translation?: { t?: (text: string) => string };
    theme?: { themeObject?: { theme: import('@superset-ui/core').HostTheme } };
  };
  superset_kpi_plugin?: object;
}
