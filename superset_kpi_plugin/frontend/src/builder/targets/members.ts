/** Whose targets: the dimensions and members that a node can have targets for, and the node as one member has it. */
import { isRestricted, type AdhocFilter, type TreeDoc } from '../draft/document';
import type { Whose } from './rows';

/** The same tree for a member alone: every metric over the member's rows. What lacks the column then has no number. */
export function forMember(doc: TreeDoc, { dimension, member }: Whose): TreeDoc {
  if (dimension === null || member === null) return doc;
  const only: AdhocFilter = { expressionType: 'SIMPLE', clause: 'WHERE', subject: dimension, operator: '==', comparator: member };
  const nodes = doc.nodes.map(node =>
    node.metric === null || isRestricted(node.metric) ? node : { ...node, metric: { ...node.metric, filters: [...node.metric.filters, only] } },
  );
  return { ...doc, nodes };
}

/** The datasets that a node and what stands under it are read from, each once. */
export function datasetsOf(doc: TreeDoc, keys: ReadonlySet<string>): string[] {
  const uuids = doc.nodes.flatMap(({ key, metric }) => (keys.has(key) && metric !== null && !isRestricted(metric) ? [metric.dataset_uuid] : []));
  return [...new Set(uuids)];
}
