/** The trees to choose from, as the server's list tells them. */
import { SupersetClient } from '@superset-ui/core';
import { jsonOf } from '../api/http';
import { asking, type Risonable } from '../api/rison';

export interface NamedTree {
  uuid: string;
  name: string;
  slug: string;
}

export interface TreesPage {
  trees: NamedTree[];
  /** How many there are on all pages. */
  count: number;
}

export const PAGE_SIZE = 50;

/** A page of the trees that hold a text in name, slug or description, by name; of all trees without one. */
export const searchTrees = (text: string, page: number, signal: AbortSignal): Promise<TreesPage> =>
  listTrees({ page, filters: text ? [{ col: 'name', opr: 'kpi_tree_all_text', value: text }] : [] }, signal);

/** One tree by its uuid; null where the viewer may not see it, or it is gone. */
export async function nameTree(uuid: string, signal: AbortSignal): Promise<NamedTree | null> {
  const { trees } = await listTrees({ page: 0, filters: [{ col: 'id', opr: 'kpi_tree_has_uuid', value: uuid }] }, signal);
  return trees.find(tree => tree.uuid === uuid) ?? null;
}

async function listTrees(wanted: { page: number; filters: Risonable }, signal: AbortSignal): Promise<TreesPage> {
  const endpoint = asking('/api/v1/kpi_tree/', {
    columns: ['uuid', 'name', 'slug'],
    order_column: 'name',
    order_direction: 'asc',
    page_size: PAGE_SIZE,
    ...wanted,
  });
  const { result, count } = (await jsonOf(SupersetClient.get({ endpoint, signal }), signal)) as { result: NamedTree[]; count: number };
  return { trees: result, count };
}

/** The trees of both, each once: while one turns pages, somebody may add a tree. */
export function together(before: NamedTree[], more: NamedTree[]): NamedTree[] {
  const known = new Set(before.map(({ uuid }) => uuid));
  return [...before, ...more.filter(({ uuid }) => !known.has(uuid))];
}

/** What a tree is called among others: with its slug where another has the same name. */
export function labelOf({ uuid, name, slug }: NamedTree, among: NamedTree[]): string {
  return among.some(other => other.name === name && other.uuid !== uuid) ? `${name} (${slug})` : name;
}
