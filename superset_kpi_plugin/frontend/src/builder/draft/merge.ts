/** Two people's changes of one tree, put together by node, field and target row. */
import type { NodeDoc, TreeDoc } from './document';
import { docFacts, type Facts } from './docFacts';
import { assemble, type Merged } from './assemble';
import { same } from './same';
import { childrenOf } from './structure';

export type Side = 'mine' | 'theirs';
export type Choices = Readonly<Record<string, Side>>;

/** What both have changed, and not to the same. `undefined` stands for what one of them has taken away. */
export interface Clash {
  /** `tree/name`, `node/<uuid>` (deleted by one, changed by the other), `node/<uuid>/targets/<row>`, `link/…`. */
  path: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Merge {
  clashes: Clash[];
  /** How much only one of them has changed: that goes together by itself. */
  mine: number;
  theirs: number;
  /** The merged document, ready to be saved over theirs; where nothing is chosen, mine stands. */
  resolve: (choices: Choices) => Merged;
}

interface Sides {
  base: Facts;
  mine: Facts;
  theirs: Facts;
}

/** Merges what I and somebody else made of the same base. */
export function merge(base: TreeDoc, mine: TreeDoc, theirs: TreeDoc): Merge {
  const sides = { base: docFacts(base), mine: docFacts(mine), theirs: docFacts(theirs) };
  const clashes = deletedAndChanged(base, mine, theirs, sides);
  const whole = new Set(clashes.map(({ path }) => path));
  const counts = { mine: 0, theirs: 0 };
  for (const path of allPaths(sides)) {
    const [was, here, there] = [sides.base.get(path), sides.mine.get(path), sides.theirs.get(path)];
    if (same(here, there)) continue;
    if (same(there, was)) counts.mine += 1;
    else if (same(here, was)) counts.theirs += 1;
    else if (!whole.has(subject(path)) && !isHalfLink(path, here, there) && !bothAdded(path, was, here, there)) {
      clashes.push({ path, base: was, mine: here, theirs: there });
    }
  }
  const resolve = (choices: Choices) => assemble(base, mine, theirs, chosen(sides, whole, choices));
  return { clashes, ...counts, resolve };
}

/** The node, or the link's parent, that a path is about. */
const subject = (path: string): string => path.split('/').slice(0, 2).join('/');

const allPaths = ({ base, mine, theirs }: Sides): Set<string> => new Set([...theirs.keys(), ...mine.keys(), ...base.keys()]);

/** Who stands under whom is told by the child's parents, not by what is said of a link. */
const isHalfLink = (path: string, here: unknown, there: unknown): boolean =>
  path.startsWith('link/') && (here === undefined || there === undefined);

/** Parents that both have added, and taken none away, go together. */
function bothAdded(path: string, was: unknown, here: unknown, there: unknown): boolean {
  if (!path.endsWith('/parents') || !Array.isArray(here) || !Array.isArray(there)) return false;
  return ((was ?? []) as string[]).every(parent => here.includes(parent) && there.includes(parent));
}

/** Nodes that one has deleted while the other has changed them, or put something under them. */
function deletedAndChanged(base: TreeDoc, mine: TreeDoc, theirs: TreeDoc, sides: Sides): Clash[] {
  return base.nodes.flatMap(node => {
    const [here, there] = [find(mine, node.uuid), find(theirs, node.uuid)];
    if (Boolean(here) === Boolean(there)) return [];
    const [doc, facts] = here ? [mine, sides.mine] : [theirs, sides.theirs];
    const start = `node/${node.uuid}/`;
    const own = [...new Set([...facts.keys(), ...sides.base.keys()])].filter(path => path.startsWith(start));
    const touched = own.some(path => !same(facts.get(path), sides.base.get(path)));
    const before = childUuids(base, node.uuid);
    const grown = childUuids(doc, node.uuid).some(child => !before.includes(child));
    return touched || grown ? [{ path: `node/${node.uuid}`, base: node, mine: here, theirs: there }] : [];
  });
}

const find = (doc: TreeDoc, uuid: string): NodeDoc | undefined => doc.nodes.find(node => node.uuid === uuid);

function childUuids(doc: TreeDoc, uuid: string): string[] {
  const parent = find(doc, uuid);
  const uuids = new Map(doc.nodes.map(node => [node.key, node.uuid]));
  return parent ? childrenOf(doc, parent.key).map(({ child }) => uuids.get(child) ?? child) : [];
}

/** The facts that hold, given the choices. */
function chosen(sides: Sides, whole: ReadonlySet<string>, choices: Choices): Facts {
  const facts: Facts = new Map();
  for (const path of allPaths(sides)) {
    const [was, here, there] = [sides.base.get(path), sides.mine.get(path), sides.theirs.get(path)];
    const about = subject(path);
    const side = whole.has(about) ? (choices[about] ?? 'mine') : (choices[path] ?? (same(here, was) ? 'theirs' : 'mine'));
    const both = !(path in choices) && !same(here, was) && !same(there, was) && bothAdded(path, was, here, there);
    const value = both ? [...new Set([...(there as string[]), ...(here as string[])])] : side === 'mine' ? here : there;
    if (value !== undefined) facts.set(path, value);
  }
  // What is said of a node that is not there any more goes with it.
  for (const path of facts.keys()) {
    if (path.startsWith('node/') && !facts.has(`${subject(path)}/key`)) facts.delete(path);
  }
  return facts;
}
