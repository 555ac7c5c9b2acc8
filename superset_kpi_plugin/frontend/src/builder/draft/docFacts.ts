/**
 * A document as flat facts, so that two people's changes can be told apart: fields of the tree, of nodes and links, and
 * single rows of targets.
 *
 * Nodes are known by their uuids, in formulas and links too, so that a key that one person changed and a formula that
 * another one wrote still go together.
 */
import type { LinkDoc, ManualValue, NodeDoc, TargetRow, TreeDoc } from './document';
import { renameIn } from './formula';

/** Path → value. Paths: `tree/name`, `node/<uuid>/name`, `node/<uuid>/targets/<row>`, `link/<uuid>/<uuid>/weight`. */
export type Facts = Map<string, unknown>;

export const ROWS = ['targets', 'manual_values'] as const;
const LINK_FIELDS = ['weight', 'lag', 'expected_sign'] as const;
type TreeField = Exclude<keyof TreeDoc, 'uuid' | 'version' | 'nodes' | 'links'>;

export function docFacts(doc: TreeDoc): Facts {
  const { uuid: _uuid, version: _version, nodes, links, ...tree } = doc;
  const facts: Facts = new Map(Object.entries(tree).map(([field, value]) => [`tree/${field}`, value]));
  const uuids = new Map(nodes.map(({ key, uuid }) => [key, uuid]));
  for (const node of nodes) {
    const parents = links.filter(({ child }) => child === node.key).map(({ parent }) => uuids.get(parent) ?? parent);
    for (const [field, value] of nodeFacts(node, uuids)) facts.set(`node/${node.uuid}/${field}`, value);
    facts.set(`node/${node.uuid}/parents`, parents.sort());
  }
  for (const link of links) {
    for (const field of LINK_FIELDS) {
      facts.set(`link/${uuids.get(link.parent)}/${uuids.get(link.child)}/${field}`, link[field]);
    }
  }
  return facts;
}

function nodeFacts(node: NodeDoc, uuids: ReadonlyMap<string, string>): [string, unknown][] {
  const { uuid: _uuid, targets, manual_values, formula, ...plain } = node;
  const referring = renameIn(formula, key => (uuids.has(key) ? `«${uuids.get(key)}»` : key));
  return [
    ...Object.entries(plain),
    ['formula', referring],
    ...targets.map((row): [string, unknown] => [`targets/${rowName(row)}`, row]),
    ...manual_values.map((row): [string, unknown] => [`manual_values/${rowName(row)}`, row]),
  ];
}

/** What makes a row the same row: its days, and whose it is. */
export const rowName = (row: ManualValue | TargetRow): string =>
  [row.start, row.end, ...('dimension' in row && row.dimension !== null ? [row.dimension, row.member] : [])].join(' ');

/** A node out of its facts, its formula still with uuids. */
export function nodeFrom(uuid: string, facts: Facts): NodeDoc {
  const node: Record<string, unknown> = { uuid, targets: [], manual_values: [] };
  const start = `node/${uuid}/`;
  for (const [path, value] of facts) {
    if (!path.startsWith(start)) continue;
    const [field, row] = path.slice(start.length).split('/');
    if (field === 'parents') continue;
    if (row === undefined) node[field!] = value;
    else (node[field!] as unknown[]).push(value);
  }
  for (const rows of ROWS) (node[rows] as (TargetRow | ManualValue)[]).sort((a, b) => (rowName(a) < rowName(b) ? -1 : 1));
  return node as unknown as NodeDoc;
}

export function treeFrom(facts: Facts): Pick<TreeDoc, TreeField> {
  const tree = [...facts].filter(([path]) => path.startsWith('tree/'));
  return Object.fromEntries(tree.map(([path, value]) => [path.slice(5), value])) as Pick<TreeDoc, TreeField>;
}

export function linkFrom(parent: string, child: string, facts: Facts): Pick<LinkDoc, (typeof LINK_FIELDS)[number]> {
  const read = <Value>(field: string, otherwise: Value) =>
    (facts.get(`link/${parent}/${child}/${field}`) as Value | undefined) ?? otherwise;
  return { weight: read('weight', 1), lag: read('lag', 0), expected_sign: read('expected_sign', null) };
}

/** A formula with keys again. */
export const withKeys = (formula: string | null, key: (uuid: string) => string): string | null =>
  formula && formula.replace(/«([^»]+)»/g, (_all, uuid: string) => key(uuid));
