/** Copying branches, within a tree and between trees. */
import { isRestricted, newUuid, type LinkDoc, type NodeDoc, type TreeDoc } from './document';
import { renameIn } from './formula';
import { freeKey, keysOf } from './keys';
import { addChild } from './edits';
import { branchOf, nodeOf, topmost } from './structure';

/** Nodes with everything under them. */
export interface Branch {
  /** The keys of the topmost nodes, in the order in which they were chosen. */
  tops: string[];
  nodes: NodeDoc[];
  /** The links among the nodes. */
  links: LinkDoc[];
}

export function copyBranch(doc: TreeDoc, keys: readonly string[]): Branch {
  const tops = topmost(doc, keys.filter(key => nodeOf(doc, key)));
  const inside = new Set(tops.flatMap(key => [...branchOf(doc, key)]));
  return {
    tops,
    nodes: doc.nodes.filter(({ key }) => inside.has(key)),
    links: doc.links.filter(({ parent, child }) => inside.has(parent) && inside.has(child)),
  };
}

/** The branch as it can be added to this tree: nodes of its own, with keys that are free there. */
export function fitBranch(doc: TreeDoc, branch: Branch): Branch {
  const taken = keysOf(doc);
  const keys = new Map<string, string>();
  for (const { key } of branch.nodes) {
    keys.set(key, freeKey(taken, key));
    taken.add(keys.get(key)!);
  }
  const renamed = (key: string) => keys.get(key) ?? key;
  return {
    tops: branch.tops.map(renamed),
    nodes: branch.nodes.map(node => ({
      ...node,
      uuid: newUuid(),
      key: renamed(node.key),
      formula: renameIn(node.formula, renamed),
      ...unmasked(node),
    })),
    links: branch.links.map(link => ({ ...link, parent: renamed(link.parent), child: renamed(link.child) })),
  };
}

/** A mask stands for what is stored with a node, and nothing is stored with its copy. */
const unmasked = ({ metric, target_metric }: NodeDoc): Pick<NodeDoc, 'metric' | 'target_metric'> => ({
  metric: isRestricted(metric) ? null : metric,
  target_metric: isRestricted(target_metric) ? null : target_metric,
});

/** A tree of its own that begins as this one: another uuid for it and for all of its nodes, nothing saved or published. */
export function asNewTree(doc: TreeDoc): TreeDoc {
  const nodes = doc.nodes.map(node => ({ ...node, uuid: newUuid(), ...unmasked(node) }));
  return { ...doc, uuid: newUuid(), slug: null, version: null, published: false, nodes };
}

/** Adds a branch made by `fitBranch` under a parent. */
export function addBranch(doc: TreeDoc, parent: string, branch: Branch, at?: number): TreeDoc {
  if (!nodeOf(doc, parent)) return doc;
  const inner = branch.nodes.filter(({ key }) => !branch.tops.includes(key));
  const held = branch.tops.reduce((tree, top, index) => {
    const node = branch.nodes.find(({ key }) => key === top);
    return node ? addChild(tree, parent, node, at === undefined ? undefined : at + index) : tree;
  }, doc);
  return { ...held, nodes: [...held.nodes, ...inner], links: [...held.links, ...branch.links] };
}

/** What stands in the clipboard, or null where that is no branch. */
export function readBranch(text: string | null): Branch | null {
  try {
    const read = JSON.parse(text ?? 'null') as { kpi_branch?: Branch } | null;
    const branch = read?.kpi_branch;
    return branch && Array.isArray(branch.nodes) && Array.isArray(branch.links) && Array.isArray(branch.tops) ? branch : null;
  } catch {
    return null;
  }
}

export const writeBranch = (branch: Branch): string => JSON.stringify({ kpi_branch: branch });
