/** What the node's form asks of the server. All of it rejects with ApiError. */
import { SupersetClient } from '@superset-ui/core';
import { jsonOf } from '../../api/http';
import { asking } from '../../api/rison';
import type { Person } from '../../api/types';
import { readTree, type Metric, type NodeDoc, type Preview, type Span, type TreeDoc } from '../draft/document';
import { branchOf } from '../draft/structure';
import { datasetsOf } from '../targets/members';

const BASE = '/api/v1/kpi_tree';

/** A saved metric of a dataset that the editor may read. */
export interface SavedMetric {
  dataset_uuid: string;
  dataset_id: number;
  dataset: string;
  schema: string | null;
  database: string;
  metric_name: string;
  label: string;
  description: string | null;
  expression: string;
  d3format: string | null;
  currency: { symbol?: string } | null;
  certified_by: string | null;
  certification_details: string | null;
  warning: string | null;
  main_time_column: string | null;
  time_columns: string[];
}

export interface Column {
  column_name: string;
  verbose_name: string | null;
  type: string | null;
  is_dttm: boolean;
  /** Whether it may be grouped by. */
  groupby: boolean;
}

/** A year of targets: its periods, and by node what was the year before and what a fill makes of the year. */
export interface YearPlan {
  year: { name: string; since: string; until: string };
  periods: PlannedPeriod[];
  nodes: Record<string, PlannedNode>;
}

export interface PlannedPeriod extends Span {
  name: string;
  /** The name of the period that is looked at as the one of the year before. */
  last_year: string | null;
}

export interface PlannedNode {
  last_year: (number | null)[];
  reasons: (string | null)[];
  proposed: (number | null)[] | null;
}

/** How a year is filled at once. */
export type Fill = { how: 'even' | 'last_year'; amount: number } | { how: 'grow'; percent: number };

export async function findMetrics(
  asked: { search?: string; dataset_uuid?: string; page?: number },
  signal?: AbortSignal,
): Promise<{ count: number; result: SavedMetric[] }> {
  const { search = '', dataset_uuid, page = 0 } = asked;
  const dataset: Record<string, string> = dataset_uuid ? { dataset_uuid } : {};
  return get(asking(`${BASE}/metrics/`, { search, ...dataset, page, page_size: 25 }), signal);
}

/** The saved metric that a node is linked to; null where it is gone, or may not be read. */
export async function findMetric(metric: Metric, signal?: AbortSignal): Promise<SavedMetric | null> {
  const { result } = await findMetrics({ search: metric.metric_name, dataset_uuid: metric.dataset_uuid }, signal);
  return result.find(one => one.metric_name === metric.metric_name) ?? null;
}

export async function columnsOf(datasetId: number, signal?: AbortSignal): Promise<Column[]> {
  const columns = ['column_name', 'verbose_name', 'type', 'is_dttm', 'groupby'].map(name => `columns.${name}`);
  const { result } = await get<{ result: { columns: Column[] } }>(asking(`/api/v1/dataset/${datasetId}`, { columns }), signal);
  return result.columns;
}

/** Values that a column has, to choose from. */
export async function valuesOf(datasetId: number, column: string, signal?: AbortSignal): Promise<(string | number)[]> {
  const path = `/api/v1/datasource/table/${datasetId}/column/${encodeURIComponent(column)}/values/`;
  return (await get<{ result: (string | number)[] }>(path, signal)).result;
}

export async function findPeople(text: string, signal?: AbortSignal): Promise<Person[]> {
  const path = asking(`${BASE}/related/owners`, { filter: text, page: 0, page_size: 25 });
  const found = await get<{ result: { value: number; text: string }[] }>(path, signal);
  return found.result.map(({ value, text: name }) => person(value, name));
}

/** What a metric says over the last periods, before it is chosen. */
export function tryMetric(doc: TreeDoc, node: NodeDoc, history: number, signal?: AbortSignal): Promise<Preview> {
  const alone = { ...doc, uuid: null, nodes: [{ ...node, formula: null, targets: [], target_metric: null }], links: [] };
  return preview(readTree(alone), { history }, signal);
}

/** What a draft says in the last closed period. */
export function previewAsOf(doc: TreeDoc, asOf: string, signal?: AbortSignal): Promise<Preview> {
  return preview(doc, { as_of: asOf }, signal);
}

/** A year of targets of some nodes: which periods, what was the year before, and what the fills make of it. */
export async function planYear(
  doc: TreeDoc, fills: Record<string, Fill | null>, year: string | null, signal?: AbortSignal,
): Promise<YearPlan> {
  const document = onlyBranches(doc, Object.keys(fills));
  return (await post<{ result: YearPlan }>(`${BASE}/plan/`, { document, fills, year }, signal)).result;
}

/** The columns that a node can be divided by: those of the datasets that it and what stands under it are read from. */
export async function dimensionsOf(doc: TreeDoc, key: string, signal?: AbortSignal): Promise<Column[]> {
  const uuids = datasetsOf(doc, branchOf(doc, key));
  const found = await Promise.all(
    uuids.map(async dataset_uuid => {
      const { result } = await findMetrics({ dataset_uuid }, signal);
      return result[0] ? columnsOf(result[0].dataset_id, signal) : [];
    }),
  );
  const columns = found.flat().filter(({ groupby, is_dttm }) => groupby && !is_dttm);
  return [...new Map(columns.map(column => [column.column_name, column])).values()];
}

/** The members of a column among what a node reads now. */
export async function membersOf(doc: TreeDoc, key: string, column: string, signal?: AbortSignal): Promise<string[]> {
  const { evaluation } = await preview(onlyBranches(doc, [key]), { by: column }, signal);
  return (evaluation?.by?.members ?? []).filter((member): member is string => member !== null);
}

/** These nodes and what stands under them. */
function onlyBranches(doc: TreeDoc, keys: readonly string[]): TreeDoc {
  const wanted = new Set(keys.flatMap(key => [...branchOf(doc, key)]));
  return { ...doc, nodes: doc.nodes.filter(({ key }) => wanted.has(key)), links: doc.links.filter(({ parent }) => wanted.has(parent)) };
}

async function preview(document: TreeDoc, question: object, signal?: AbortSignal): Promise<Preview> {
  return (await post<{ result: Preview }>(`${BASE}/preview`, { document, ...question }, signal)).result;
}

async function get<Answer>(endpoint: string, signal?: AbortSignal): Promise<Answer> {
  return (await jsonOf(SupersetClient.get({ endpoint, signal }), signal)) as Answer;
}

async function post<Answer>(endpoint: string, jsonPayload: object, signal?: AbortSignal): Promise<Answer> {
  return (await jsonOf(SupersetClient.post({ endpoint, jsonPayload, signal }), signal)) as Answer;
}

function person(id: number, name: string): Person {
  const [first = '', ...rest] = name.split(' ');
  return { id, first_name: first, last_name: rest.join(' ') };
}
