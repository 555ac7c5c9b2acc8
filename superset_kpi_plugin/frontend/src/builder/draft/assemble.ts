/** A merged document out of merged facts: one root, no circle, every key once, children in an order both would know. */
import type { LinkDoc, NodeDoc, TreeDoc } from './document';
import { linkFrom, nodeFrom, treeFrom, withKeys, type Facts } from './docFacts';
import { freeKey } from './keys';
import { same } from './same';
import { childrenOf, parentsOf, rootOf } from './structure';

export interface Merged {
  doc: TreeDoc;
  /** Nodes whose parents are gone, and under whom they stand now. */
  moved: { node: NodeDoc; parent: NodeDoc }[];
}

/** The parents of every node by uuid, the root's being none. */
type Parents = Map<string, string[]>;

export function assemble(base: TreeDoc, mine: TreeDoc, theirs: TreeDoc, facts: Facts): Merged {
  const [was, here, there] = [base, mine, theirs].map(byUuid) as [ByUuid, ByUuid, ByUuid];
  const known = [...new Set([...theirs.nodes, ...mine.nodes].map(({ uuid }) => uuid))];
  const alive = known.filter(uuid => facts.has(`node/${uuid}/key`));
  const keys = uniqueKeys(alive, facts, there);
  const keyOf = (uuid: string) => keys.get(uuid) ?? [there, here, was].map(side => side.key(uuid)).find(Boolean) ?? uuid;
  const nodes = alive.map(uuid => {
    const node = nodeFrom(uuid, facts);
    return { ...node, key: keyOf(uuid), formula: withKeys(node.formula, keyOf) };
  });
  const root = [there.root, here.root].find(uuid => keys.has(uuid)) ?? alive[0]!;
  const { parents, moved } = hang(alive, root, facts, [there, here]);
  const links = alive.flatMap(parent =>
    inOrder(alive.filter(child => parents.get(child)?.includes(parent)), parent, was, here, there).map(
      (child, order): LinkDoc => ({ parent: keyOf(parent), child: keyOf(child), ...linkFrom(parent, child, facts), order }),
    ),
  );
  const node = (uuid: string) => nodes.find(one => one.uuid === uuid)!;
  return {
    doc: { uuid: theirs.uuid, version: theirs.version, ...treeFrom(facts), nodes, links },
    moved: moved.map(({ child, parent }) => ({ node: node(child), parent: node(parent) })),
  };
}

interface ByUuid {
  root: string;
  key: (uuid: string) => string | undefined;
  parents: (uuid: string) => string[];
  children: (uuid: string) => string[];
}

function byUuid(doc: TreeDoc): ByUuid {
  const keys = new Map(doc.nodes.map(({ uuid, key }) => [uuid, key]));
  const uuids = new Map(doc.nodes.map(({ uuid, key }) => [key, uuid]));
  const known = (found: string[]) => found.flatMap(key => uuids.get(key) ?? []);
  return {
    root: uuids.get(rootOf(doc)) ?? '',
    key: uuid => keys.get(uuid),
    parents: uuid => known(parentsOf(doc, keys.get(uuid) ?? '')),
    children: uuid => known(childrenOf(doc, keys.get(uuid) ?? '').map(({ child }) => child)),
  };
}

/** Their keys stay; a node of mine whose key they have given to another one gets a free one. */
function uniqueKeys(alive: string[], facts: Facts, theirs: ByUuid): Map<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const isTheirs = (uuid: string) => theirs.key(uuid) !== undefined;
  for (const uuid of [...alive.filter(isTheirs), ...alive.filter(one => !isTheirs(one))]) {
    const key = freeKey(taken, facts.get(`node/${uuid}/key`) as string);
    keys.set(uuid, key);
    taken.add(key);
  }
  return keys;
}

/** Puts every node under its parents; one without any, or whose only parents would make a circle, under who is left above. */
function hang(alive: string[], root: string, facts: Facts, sides: ByUuid[]) {
  const parents: Parents = new Map(alive.map(uuid => [uuid, []]));
  const wanted = (uuid: string) => (facts.get(`node/${uuid}/parents`) as string[]).filter(parent => parents.has(parent));
  for (const first of [true, false]) {
    for (const child of alive.filter(uuid => uuid !== root)) {
      for (const parent of wanted(child)) {
        const theirs = sides[0]!.parents(child).includes(parent);
        if (theirs === first && !isAbove(parents, child, parent)) parents.get(child)!.push(parent);
      }
    }
  }
  const moved: { child: string; parent: string }[] = [];
  for (const child of alive) {
    if (child === root || parents.get(child)!.length > 0) continue;
    const above = sides.map(side => nearestAbove(child, side, parents)).find(Boolean) ?? root;
    const parent = isAbove(parents, child, above) ? root : above;
    parents.get(child)!.push(parent);
    moved.push({ child, parent });
  }
  return { parents, moved };
}

/** Whether a node stands above another, or is it. */
function isAbove(parents: Parents, above: string, uuid: string): boolean {
  return above === uuid || (parents.get(uuid) ?? []).some(parent => isAbove(parents, above, parent));
}

function nearestAbove(uuid: string, side: ByUuid, parents: Parents): string | undefined {
  const found = side.parents(uuid);
  return found.find(parent => parents.has(parent)) ?? found.map(parent => nearestAbove(parent, side, parents)).find(Boolean);
}

/** The children in my order where I have changed it, else in theirs; what the other has put in follows who it followed. */
function inOrder(children: string[], parent: string, was: ByUuid, here: ByUuid, there: ByUuid): string[] {
  const among = (list: string[], other: string[]) => list.filter(uuid => other.includes(uuid));
  const [before, mine, theirs] = [was, here, there].map(side => side.children(parent)) as [string[], string[], string[]];
  const untouched = same(among(mine, before), among(before, mine));
  const [leading, following] = untouched ? [theirs, mine] : [mine, theirs];
  const ordered = among(leading, children);
  for (const list of [following, children]) {
    for (const [index, child] of list.entries()) {
      if (ordered.includes(child) || !children.includes(child)) continue;
      const behind = list.slice(0, index).reverse().find(one => ordered.includes(one));
      const first = list.slice(index).some(one => ordered.includes(one)) ? 0 : ordered.length;
      ordered.splice(behind === undefined ? first : ordered.indexOf(behind) + 1, 0, child);
    }
  }
  return ordered;
}
