/** Which metric each node of a proposed tree is to read, as a person confirms it. */
import type { NodeDoc, TreeDoc } from '../../builder/draft/document';
import { childrenOf, rootOf } from '../../builder/draft/structure';
import type { MetricProposal } from '../api';

export type MetricRef = Pick<MetricProposal, 'dataset_uuid' | 'metric_name' | 'label' | 'dataset'> & { d3format?: string | null };

/** By node key. */
export type Chosen = Readonly<Record<string, MetricRef>>;

/** How well a metric must fit to be chosen before anybody has looked at it. */
const SURE = 0.6;

type Proposals = Record<string, MetricProposal[]>;

/** What each node reads already, or the best of its proposals, where it is good and the node has nothing to be computed from. */
export function firstChoice(document: TreeDoc, proposals: Proposals): Chosen {
  const chosen: Record<string, MetricRef> = {};
  for (const node of document.nodes) {
    const best = proposals[node.key]?.[0];
    const own = ownOf(node, proposals);
    if (own) chosen[node.key] = own;
    else if (best && best.score >= SURE && isOpen(node)) chosen[node.key] = best;
  }
  return chosen;
}

/** The proposal that a node is linked to as it comes. */
const ownOf = (node: NodeDoc, proposals: Proposals): MetricProposal | undefined =>
  proposals[node.key]?.find(proposal => reads(node, proposal));

const reads = ({ source, metric }: NodeDoc, { dataset_uuid, metric_name }: MetricRef): boolean =>
  source === 'metric' && metric !== null && 'metric_name' in metric && metric.dataset_uuid === dataset_uuid && metric.metric_name === metric_name;

/** Whether a node still waits for a metric. */
export const isOpen = (node: NodeDoc): boolean => node.source === 'metric' && node.metric === null;

/** The tree with what was chosen; what a node came with and is not chosen any more is left open. */
export function withMetrics(document: TreeDoc, chosen: Chosen, proposals: Proposals): TreeDoc {
  const settled = (node: NodeDoc): NodeDoc => {
    const metric = chosen[node.key];
    if (metric) return reads(node, metric) ? node : linked(node, metric);
    return ownOf(node, proposals) ? { ...node, metric: null } : node;
  };
  return { ...document, nodes: document.nodes.map(settled) };
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
