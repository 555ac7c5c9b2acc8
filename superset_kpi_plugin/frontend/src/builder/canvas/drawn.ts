/** A draft as the canvas draws it: the chart's own tree, with the numbers of the last preview where it has some. */
import type { Evaluation, TreeNode } from '../../api/types';
import { factsOf, type Facts, type FactsOf } from '../../tree/facts';
import { buildOutline, type Outline } from '../../tree/outline';
import type { NodeDoc, Preview, Severity, TreeDoc } from '../draft/document';
import { isComponent, rootOf } from '../draft/structure';

/** The draft's nodes and links as an evaluation tells them. An operator is known once the server has read the formula. */
export function drawn(doc: TreeDoc, evaluation: Evaluation | null): Outline {
  const told = new Map((evaluation?.tree.links ?? []).map(link => [`${link.parent} ${link.child}`, link]));
  const read = new Map((evaluation?.tree.nodes ?? []).map(node => [node.key, node.formula]));
  const formulas = new Map(doc.nodes.map(node => [node.key, node.formula]));
  return buildOutline({
    root: rootOf(doc),
    nodes: doc.nodes.map(node => drawnNode(node, doc)),
    links: doc.links.map(({ parent, child, weight, order }) => {
      const known = read.get(parent) === formulas.get(parent) ? told.get(`${parent} ${child}`) : undefined;
      const kind = isComponent(doc, parent, child) ? 'component' : 'influence';
      return { parent, child, weight, order, kind, operator: (kind === 'component' && known?.operator) || null };
    }),
  });
}

function drawnNode(node: NodeDoc, doc: TreeDoc): TreeNode {
  const { key, uuid, name, description, department, unit, d3format, direction, formula, owner } = node;
  const { accumulation, source, rollup_method } = node;
  const thresholds = node.thresholds ?? doc.thresholds;
  return {
    ...{ key, uuid, name, description, department, unit, d3format, direction, formula, owner, accumulation, source },
    ...{ rollup_method, thresholds, metric: null },
  };
}

const NOTHING: Facts = { result: undefined, series: undefined, change: undefined, against: 'previous_period', open: false, supposed: false };

/** The numbers of a node, which it keeps through a change of its key. */
export function numbersOf(doc: TreeDoc, evaluation: Evaluation | null): FactsOf {
  if (!evaluation) return () => NOTHING;
  const known = factsOf(evaluation);
  const before = new Map(evaluation.tree.nodes.map(({ uuid, key }) => [uuid, key]));
  const uuids = new Map(doc.nodes.map(({ uuid, key }) => [key, uuid]));
  return key => {
    const told = before.get(uuids.get(key) ?? '') ?? (key in evaluation.nodes ? key : undefined);
    return told === undefined ? NOTHING : known(told);
  };
}

/** What is wrong with a node, or could be better. */
export interface Mark {
  severity: 'error' | Severity;
  messages: string[];
}

const RANK: Mark['severity'][] = ['error', 'blocking', 'warning', 'hint'];

/** What there is to say of each node, under its worst severity. */
export function marksOf(doc: TreeDoc, preview: Preview | null): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const add = (key: string | null, severity: Mark['severity'], message: string) => {
    if (key === null) return;
    const mark = marks.get(key) ?? { severity, messages: [] };
    const worst = RANK.indexOf(severity) < RANK.indexOf(mark.severity) ? severity : mark.severity;
    marks.set(key, { severity: worst, messages: [...mark.messages, message] });
  };
  for (const [path, messages] of Object.entries(preview?.errors ?? {})) {
    for (const message of messages) add(placeOf(doc, path).key, 'error', message);
  }
  for (const { nodes, severity, message } of preview?.findings ?? []) {
    for (const key of nodes) add(key, severity, message);
  }
  return marks;
}

/** Where a path of the document leads: to a field of a node, or of the tree itself (`key` is then null). */
export function placeOf(doc: TreeDoc, path: string): { key: string | null; field: string } {
  const [kind, which, ...rest] = path.split('.');
  if (kind === 'nodes' && which !== undefined) {
    const node = doc.nodes.find(({ key }) => key === which) ?? doc.nodes[Number(which)];
    return { key: node?.key ?? null, field: rest[0] ?? 'name' };
  }
  if (kind === 'links') return { key: doc.links[Number(which)]?.child ?? null, field: 'links' };
  return { key: null, field: kind ?? '' };
}
