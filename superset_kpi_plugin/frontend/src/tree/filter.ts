/** Showing some nodes only, each with the path that leads to it. */
import type { NodeResult, Person, Status, Tree, TreeNode } from '../api/types';
import { STATUSES } from './status';

/** What is asked for: any of each list; an empty list asks for nothing. */
export interface NodeFilter {
  statuses: readonly Status[];
  owners: readonly string[];
  departments: readonly string[];
}

export const NO_FILTER: NodeFilter = { statuses: [], owners: [], departments: [] };

type Results = Record<string, NodeResult>;
type Structure = Pick<Tree, 'nodes' | 'links' | 'root'>;

export const personName = ({ first_name, last_name }: Person): string => `${first_name} ${last_name}`.trim();

const statusOf = (node: TreeNode, results: Results): Status => results[node.key]?.status ?? 'no_data';

export function isFiltering({ statuses, owners, departments }: NodeFilter): boolean {
  return statuses.length + owners.length + departments.length > 0;
}

/** The keys of the nodes asked for; null where nothing is. */
export function matching(nodes: readonly TreeNode[], results: Results, filter: NodeFilter): Set<string> | null {
  if (!isFiltering(filter)) return null;
  const among = <T>(list: readonly T[], value: T | null) => list.length === 0 || (value !== null && list.includes(value));
  const matched = nodes.filter(
    node =>
      among(filter.statuses, statusOf(node, results)) &&
      among(filter.owners, node.owner ? personName(node.owner) : null) &&
      among(filter.departments, node.department),
  );
  return new Set(matched.map(({ key }) => key));
}

/** The tree without what neither matches nor leads to a match; the root always stays. */
export function prune<T extends Structure>(tree: T, matched: Set<string>): T {
  const parents = new Map<string, string[]>();
  for (const { parent, child } of tree.links) parents.set(child, [...(parents.get(child) ?? []), parent]);
  const kept = new Set([tree.root]);
  const climb = (key: string): void => {
    if (kept.has(key)) return;
    kept.add(key);
    parents.get(key)?.forEach(climb);
  };
  matched.forEach(climb);
  return {
    ...tree,
    nodes: tree.nodes.filter(({ key }) => kept.has(key)),
    links: tree.links.filter(({ parent, child }) => kept.has(parent) && kept.has(child)),
  };
}

export interface Facet<T> {
  value: T;
  count: number;
}

export interface Facets {
  statuses: Facet<Status>[];
  owners: Facet<string>[];
  departments: Facet<string>[];
}

/** What there is to ask for, and how many nodes each would give. */
export function facetsOf(nodes: readonly TreeNode[], results: Results): Facets {
  const statuses = count(nodes.map(node => statusOf(node, results)));
  const byName = (a: Facet<string>, b: Facet<string>) => a.value.localeCompare(b.value);
  return {
    statuses: statuses.sort((a, b) => STATUSES.indexOf(a.value) - STATUSES.indexOf(b.value)),
    owners: count(nodes.flatMap(({ owner }) => (owner ? [personName(owner)] : []))).sort(byName),
    departments: count(nodes.flatMap(({ department }) => (department ? [department] : []))).sort(byName),
  };
}

function count<T>(values: T[]): Facet<T>[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, found]) => ({ value, count: found }));
}
