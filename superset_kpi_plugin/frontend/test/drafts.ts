/** Drafts for tests: small trees written by hand, and random ones with random edits, the same for the same seed. */
import { readTree, type LinkDoc, type NodeDoc, type TargetRow, type TreeDoc } from '../src/builder/draft/document';
import { addBranch, copyBranch, fitBranch } from '../src/builder/draft/branch';
import { addChild, addSibling, link, moveNode, newNode, renameNode, setFormula, setKey, setLink, setNode, setSource, setTree, unlink, type Edit } from '../src/builder/draft/edits';
import { deleteNodes } from '../src/builder/draft/remove';
import { childrenOf, parentsOf, rootOf } from '../src/builder/draft/structure';

/** A tree from lines like `revenue > orders value`, each node's uuid being `u-<key>`. */
export function treeOf(lines: string[], fields: Record<string, Partial<NodeDoc>> = {}, tree: Partial<TreeDoc> = {}): TreeDoc {
  const keys = [...new Set(lines.join(' ').split(/[\s>]+/).filter(Boolean))];
  const links = lines.flatMap(line => {
    const [parent, children] = line.split('>').map(part => part.trim());
    return (children ?? '').split(/\s+/).filter(Boolean).map((child, order) => ({ parent: parent!, child, order }) as LinkDoc);
  });
  const nodes = keys.map(key => ({ uuid: `u-${key}`, key, name: `The ${key}`, ...fields[key] }));
  return readTree({ uuid: 'tree-1', slug: 'tree', name: 'Tree', version: 1, ...tree, nodes, links });
}

/** Under whom everything stands: the document's links as lines again. */
export const linesOf = (doc: TreeDoc): string[] =>
  doc.nodes.map(({ key }) => [key, childrenOf(doc, key).map(({ child }) => child)] as const)
    .filter(([, children]) => children.length > 0)
    .map(([key, children]) => `${key} > ${children.join(' ')}`);

export const target = (start: string, end: string, value: number, rest: Partial<TargetRow> = {}): TargetRow => ({
  start, end, value, dimension: null, member: null, baseline: null, lower: null, upper: null, ...rest,
});

/** What is wrong with a document's shape: nothing ever should be. */
export function problemsOf(doc: TreeDoc): string[] {
  const problems: string[] = [];
  const keys = doc.nodes.map(({ key }) => key);
  const known = new Set(keys);
  if (known.size !== keys.length) problems.push('a key twice');
  if (new Set(doc.nodes.map(({ uuid }) => uuid)).size !== keys.length) problems.push('a uuid twice');
  const roots = keys.filter(key => parentsOf(doc, key).length === 0);
  if (roots.length !== 1) problems.push(`roots: ${roots.join(' ')}`);
  const pairs = doc.links.map(({ parent, child }) => `${parent} > ${child}`);
  if (new Set(pairs).size !== pairs.length) problems.push('a link twice');
  if (doc.links.some(({ parent, child }) => !known.has(parent) || !known.has(child))) problems.push('a link to nothing');
  for (const key of keys) {
    const orders = childrenOf(doc, key).map(({ order }) => order);
    if (new Set(orders).size !== orders.length) problems.push(`orders of ${key}: ${orders.join(' ')}`);
  }
  const reached = new Set<string>();
  const climb = (key: string, above: string[]): void => {
    if (above.includes(key)) problems.push(`a circle through ${key}`);
    else if (!reached.has(key)) {
      reached.add(key);
      childrenOf(doc, key).forEach(({ child }) => climb(child, [...above, key]));
    }
  };
  climb(rootOf(doc), []);
  if (reached.size !== known.size) problems.push('out of reach');
  return problems;
}

export type Random = () => number;

/** mulberry32: numbers from 0 to below 1, the same for the same seed. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;

/** An edit of any kind, of nodes that are there. */
export function randomEdit(random: Random, doc: TreeDoc): Edit {
  const any = () => pick(random, doc.nodes).key;
  const number = () => Math.floor(random() * 1000);
  const [key, other] = [any(), any()];
  const parent = parentsOf(doc, key)[0];
  const edits: Edit[] = [
    tree => addChild(tree, key, newNode(tree, { name: `New ${number()}` })),
    tree => addChild(tree, key, newNode(tree), number() % 3),
    tree => (parent ? addSibling(tree, parent, key, newNode(tree)) : tree),
    tree => renameNode(tree, key, `Name ${number()}`),
    tree => setKey(tree, key, `key_${number()}`),
    tree => deleteNodes(tree, [key], random() < 0.5 ? 'goes' : 'moves up'),
    tree => (parent ? moveNode(tree, key, parent, other, number() % 4) : tree),
    tree => (parent ? moveNode(tree, key, parent, parent, number() % 4) : tree),
    tree => link(tree, other, key, number() % 3),
    tree => (parent ? unlink(tree, parent, key) : tree),
    tree => addBranch(tree, other, fitBranch(tree, copyBranch(tree, [key]))),
    tree => setNode(tree, key, { unit: `unit ${number()}`, targets: [target('2026-01-01', '2026-02-01', number())] }),
    tree => setSource(tree, key, pick(random, ['metric', 'formula', 'manual'] as const)),
    tree => setFormula(tree, key, childrenOf(tree, key).map(({ child }) => child).join(' + ') || other),
    tree => (parent ? setLink(tree, parent, key, { weight: number() }) : tree),
    tree => setTree(tree, { name: `Tree ${number()}` }),
  ];
  return pick(random, edits);
}
