/**
 * What the page asks of the server besides the questions of `api/client.ts`. All reject with ApiError, whose `status` is
 * 409 for a conflict, 401 for a lost session, and whose `errors` name the fields of a refused document.
 */
import { SupersetClient, type HostAnswer } from '@superset-ui/core';
import { jsonOf } from '../api/http';
import type { EvaluateRequest, PastKind, Person } from '../api/types';
import { inSession } from '../builder/session';
import { readTree, type NodeDoc, type Preview, type TreeDoc } from '../builder/draft/document';
import { asking, type Risonable } from '../api/rison';

const BASE = '/api/v1/kpi_tree/';
const at = (tree: string, verb = '') => `${BASE}${encodeURIComponent(tree)}${verb}`;

/** A tree as the list tells of it. */
export interface TreeRow {
  id: number;
  uuid: string;
  slug: string;
  name: string;
  description: string;
  departments: string[];
  owners: Person[];
  published: boolean;
  version: number;
  grain: string;
  node_count: number;
  root_name: string | null;
  changed_on_utc: string;
  changed_on_delta_humanized: string;
  changed_by: Person | null;
}

export interface ListFilter {
  col: string;
  opr: string;
  value: Risonable;
}

export interface ListQuery {
  filters: ListFilter[];
  order_column: string;
  order_direction: 'asc' | 'desc';
  page: number;
  page_size: number;
}

export interface Option {
  value: number;
  text: string;
}

export interface Template {
  id: string;
  purposes: { id: number; name: string }[];
  name: string;
  description: string;
  nodes: number;
}

export interface MetricProposal {
  dataset_uuid: string;
  dataset: string;
  metric_name: string;
  label: string;
  expression: string;
  d3format: string | null;
  time_column: string | null;
  /** From 0 to 1. */
  score: number;
  why: string;
}

export interface Proposed {
  document: TreeDoc;
  /** Metrics that match a node, by its key, the best first. */
  proposals: Record<string, MetricProposal[]>;
  /** What the server has to say about the proposal as a whole. */
  note: string | null;
}

export type ProposeRequest = { template: string } | { metric: { dataset_uuid: string; metric_name: string } };

export type PreviewRequest = EvaluateRequest & { document: TreeDoc; prove?: boolean; period?: string; compare?: PastKind[] };

export async function listTrees(query: ListQuery, signal?: AbortSignal): Promise<{ count: number; result: TreeRow[] }> {
  return (await get(asking(BASE, query as unknown as Risonable), signal)) as { count: number; result: TreeRow[] };
}

/** Who owns trees, to filter by. */
export async function listOwners(search: string, signal?: AbortSignal): Promise<Option[]> {
  const answer = await get(asking(`${BASE}related/owners`, { filter: search, page: 0, page_size: 100 }), signal);
  return (answer as { result: Option[] }).result;
}

export async function readDocument(tree: string, signal?: AbortSignal): Promise<{ id: number; document: TreeDoc }> {
  const { id, result } = (await get(at(tree), signal)) as { id: number; result: TreeDoc };
  return { id, document: readTree(result) };
}

/** Saves a new tree; answers it as stored. */
export async function createTree(document: TreeDoc): Promise<TreeDoc> {
  return stored(await post(BASE, writable(document)));
}

/** Replaces a tree by the document, whose version is the one that was read. */
export async function replaceTree(tree: string, document: TreeDoc): Promise<TreeDoc> {
  const call = SupersetClient.put({ endpoint: at(tree), jsonPayload: writable(document), ignoreUnauthorized: true });
  return stored(await jsonOf(call));
}

export async function previewTree(request: PreviewRequest, signal?: AbortSignal): Promise<Preview> {
  return resultOf(await post(`${BASE}preview`, { ...request, document: writable(request.document) }, signal));
}

export async function listTemplates(signal?: AbortSignal): Promise<Template[]> {
  return resultOf(await get(`${BASE}templates/`, signal));
}

export async function propose(request: ProposeRequest, signal?: AbortSignal): Promise<Proposed> {
  const { document, proposals, note } = resultOf<Proposed>(await inSession(() => post(`${BASE}propose/`, request, signal)));
  return { document: readTree(document), proposals, note };
}

export async function deleteTrees(ids: number[]): Promise<void> {
  await inSession(() => jsonOf(SupersetClient.delete({ endpoint: asking(BASE, ids) })));
}

/** The address of a file that holds these trees. */
export const exportAddress = (ids: number[]): string => {
  const endpoint = asking(`${BASE}export/`, ids);
  return SupersetClient.getUrl?.({ endpoint }) ?? endpoint;
};

/** A tree that came with a file. */
export interface Imported {
  uuid: string;
  slug: string;
  name: string;
  /** The keys of nodes whose source was not in the file. */
  left_open: string[];
}

export async function importTrees(file: File, overwrite: boolean): Promise<Imported[]> {
  const body = new FormData();
  body.append('formData', file);
  if (overwrite) body.append('overwrite', 'true');
  const send = () => jsonOf(SupersetClient.post({ endpoint: `${BASE}import/`, body, headers: { Accept: 'application/json' } }));
  return resultOf(await inSession(send));
}

/** Which of these trees the reader has starred. */
export async function favoritesOf(ids: number[], signal?: AbortSignal): Promise<Set<number>> {
  if (!ids.length) return new Set();
  const answer = await get(asking(`${BASE}favorite_status/`, ids), signal);
  return new Set(resultOf<{ id: number; value: boolean }[]>(answer).filter(({ value }) => value).map(({ id }) => id));
}

export async function setFavorite(id: number, favorite: boolean): Promise<void> {
  const endpoint = `${BASE}${id}/favorites/`;
  await inSession(() => jsonOf(favorite ? SupersetClient.post({ endpoint, jsonPayload: {} }) : SupersetClient.delete({ endpoint })));
}

export type DashboardChoice = { dashboard_id: number } | { dashboard_title: string };

/** Makes a chart of the tree and puts it on a dashboard. */
export async function addToDashboard(
  tree: string,
  request: DashboardChoice & { name?: string },
): Promise<{ chart_id: number; dashboard_id: number; url: string }> {
  return resultOf(await inSession(() => post(at(tree, '/dashboard/'), request)));
}

/** Dashboards that the reader may find, the last changed first. */
export async function listDashboards(search: string, signal?: AbortSignal): Promise<{ id: number; dashboard_title: string }[]> {
  const q = {
    columns: ['id', 'dashboard_title'],
    filters: search ? [{ col: 'dashboard_title', opr: 'title_or_slug', value: search }] : [],
    order_column: 'changed_on_delta_humanized',
    order_direction: 'desc',
    page: 0,
    page_size: 50,
  };
  return resultOf(await get(asking('/api/v1/dashboard/', q), signal));
}

function get(endpoint: string, signal?: AbortSignal): Promise<unknown> {
  return jsonOf(SupersetClient.get({ endpoint, ...(signal ? { signal } : {}) }), signal);
}

function post(endpoint: string, jsonPayload: object, signal?: AbortSignal): Promise<unknown> {
  const call: Promise<HostAnswer> = SupersetClient.post({
    endpoint,
    jsonPayload,
    ignoreUnauthorized: true,
    ...(signal ? { signal } : {}),
  });
  return jsonOf(call, signal);
}

const resultOf = <Result>(answer: unknown): Result => (answer as { result: Result }).result;

const stored = (answer: unknown): TreeDoc => readTree(resultOf<TreeDoc>(answer));

/** The document as the server takes it: what a new tree does not have yet is left out. */
function writable(document: TreeDoc): object {
  const { uuid, slug, version, ...rest } = document;
  return {
    ...rest,
    nodes: document.nodes.map(withOwnerId),
    owners: document.owners.map(({ id }) => id),
    ...(uuid === null ? {} : { uuid }),
    ...(slug === null ? {} : { slug }),
    ...(version === null ? {} : { version }),
  };
}

const withOwnerId = (node: NodeDoc): object => ({ ...node, owner: node.owner && node.owner.id });
