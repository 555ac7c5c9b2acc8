/** Which metric each node of a proposed tree is to read, as a person confirms it. */
import type { NodeDoc, TreeDoc } from '../../builder/draft/document';
import { childrenOf, rootOf } from '../../builder/draft/structure';
import type { MetricProposal } from '../api';

export type MetricRef = Pick<MetricProposal, 'dataset_uuid' | 'metric_name' | 'label' | 'dataset'> & { d3format?: string | null };

/** By node key; a node that is left out stays as it was proposed. */
export type Chosen = Readonly<Record<string, MetricRef>>;

/** How well a metric must fit to be chosen before anybody has looked at it. */
const SURE = 0.6;

/** The best of each node's proposals, where it is good and the node has nothing to be computed from. */
export function firstChoice(document: TreeDoc, proposals: Record<string, MetricProposal[]>): Chosen {
  const chosen: Record<string, MetricRef> = {};
  for (const node of document.nodes) {
    const best = proposals[node.key]?.[0];
    if (best && best.score >= SURE && isOpen(node)) chosen[node.key] = best;
  }
  return chosen;
}

/** Whether a node still waits for a metric. */
export const isOpen = (node: NodeDoc): boolean => node.source === 'metric' && node.metric === null;

export function withMetrics(document: TreeDoc, chosen: Chosen): TreeDoc {
  return { ...document, nodes: document.nodes.map(node => (chosen[node.key] ? linked(node, chosen[node.key]!) : node)) };
}

function linked(node: NodeDoc, { dataset_uuid, metric_name, d3format }: MetricRef): NodeDoc {
  const metric = { dataset_uuid, metric_name, filters: [], time_column: null, empty: 'missing' as const };
  return { ...node, source: 'metric', metric, d3format: node.d3format ?? d3format ?? null };
}

export interface Line {
  node: NodeDoc;
  level: number;
}

/** Every node once, where it first stands, as an outline. */
export function outlineOf(document: TreeDoc): Line[] {
  const seen = new Set<string>();
  const byKey = new Map(document.nodes.map(node => [node.key, node]));
  const walk = (key: string, level: number): Line[] => {
    const node = byKey.get(key);
    if (!node || seen.has(key)) return [];
    seen.add(key);
    return [{ node, level }, ...childrenOf(document, key).flatMap(({ child }) => walk(child, level + 1))];
  };
  return document.nodes.length ? walk(rootOf(document), 0) : [];
}

const SIGNS: Record<string, string> = { '*': '×', '/': '÷', '-': '−' };

/** A formula with the nodes' names for their keys. */
export function formulaInNames(formula: string, document: TreeDoc): string {
  const names = new Map(document.nodes.map(({ key, name }) => [key, name]));
  return formula.replace(/[a-z][a-z0-9_]*|[-*/]/g, word => SIGNS[word] ?? names.get(word) ?? word);
}
