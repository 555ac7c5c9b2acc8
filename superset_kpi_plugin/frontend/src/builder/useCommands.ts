import { useCallback, useMemo, useState } from 'react';
import { t } from '../i18n';
import type { Item, Outline } from '../tree/outline';
import { descend } from '../tree/outline';
import type { Held } from './canvas/drop';
import type { Intent, OnIntent } from './canvas/intents';
import { addBranch, copyBranch, fitBranch, readBranch, writeBranch } from './draft/branch';
import type { TreeDoc } from './draft/document';
import { addChild, addSibling, link, moveNode, renameNode, unlink, unnamedNode, type Edit } from './draft/edits';
import { keyOfItem } from './draft/follow';
import { forsakenBy, settleForsaken, type Fate, type Forsaken } from './draft/forsaken';
import { bereftOf, deleteNodes, dependentsOf, type Below, type Dependents } from './draft/remove';
import { stepNode, type Step } from './draft/steps';
import { nameOf, parentsOf, rootOf, topmost } from './draft/structure';
import type { Chosen } from './useChosen';

const CLIPBOARD = 'kpi-clipboard';

/** An edit that takes KPIs from formulas which name them, until it is said what becomes of these. */
export interface Leaving {
  change: Edit;
  label: string;
  forsaken: readonly Forsaken[];
  then?: () => void;
}

interface Given {
  doc: TreeDoc;
  outline: Outline;
  chosen: Chosen;
  edit: (change: Edit, label: string) => void;
  undo: () => void;
  redo: () => void;
  /** Says why something was not done. */
  tell: (text: string) => void;
}

export interface Commands {
  onIntent: OnIntent;
  /** The item whose name is being written. */
  renaming: string | null;
  /** What is to be deleted, once that is confirmed. */
  deleting: Dependents | null;
  remove: (below: Below, opened: ReadonlySet<string>) => void;
  /** Whether a further parent is being chosen, and for which nodes. */
  connecting: readonly string[] | null;
  connect: (parent: string) => void;
  leaving: Leaving | null;
  settle: (chosen: ReadonlyMap<string, Fate>) => void;
  helping: boolean;
  /** Closes whatever is open. */
  close: () => void;
}

/** Carries out what is asked for on the canvas. */
export function useCommands({ doc, outline, chosen, edit, undo, redo, tell }: Given): Commands {
  const [renaming, setRenaming] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<Dependents | null>(null);
  const [connecting, setConnecting] = useState<readonly string[] | null>(null);
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const [helping, setHelping] = useState(false);
  const items = useMemo(() => new Map(descend(outline.root).map(item => [item.id, item])), [outline]);

  const add = (beside: Item, how: 'child' | 'sibling') => {
    const node = unnamedNode(doc, t('New KPI'));
    const parent = how === 'sibling' ? beside.parent : null;
    const above = parent?.node.key ?? beside.node.key;
    edit(
      now => (parent ? addSibling(now, above, beside.node.key, node) : addChild(now, above, node)),
      t('Add a KPI under {name}', { name: nameOf(doc, above) }),
    );
    chosen.goTo(node.key);
    setRenaming(node.key);
  };

  const rename = (id: string, name: string | null, then?: 'child' | 'sibling') => {
    const key = keyOfItem(id);
    setRenaming(null);
    const after = name === null ? doc : renameNode(doc, key, name);
    const uuid = doc.nodes.find(node => node.key === key)?.uuid;
    const renamed = after.nodes.find(node => node.uuid === uuid)?.key ?? key;
    if (after !== doc) edit(now => renameNode(now, key, name ?? ''), t('Rename {name}', { name: name ?? '' }));
    if (!then) {
      chosen.goTo(renamed);
      return;
    }
    // A key that was free before is no key that something chosen had.
    const node = unnamedNode({ ...after, nodes: [...doc.nodes, ...after.nodes] }, t('New KPI'));
    edit(now => addChild(now, renamed, node), t('Add a KPI under {name}', { name: nameOf(after, renamed) }));
    chosen.goTo(node.key);
    setRenaming(node.key);
  };

  /** Moves at once what no formula is left naming; else asks first. `stays`: whether it may stay where it was as well. */
  const attempt = (change: Edit, label: string, stays: boolean, then?: () => void) => {
    const forsaken = forsakenBy(doc, change(doc), stays);
    if (forsaken.length > 0) return setLeaving({ change, label, forsaken, then });
    edit(change, label);
    then?.();
  };

  const settle = (fates: ReadonlyMap<string, Fate>) => {
    if (!leaving) return;
    const { change, label, forsaken, then } = leaving;
    edit(now => settleForsaken(change(now), forsaken, fates), label);
    setLeaving(null);
    then?.();
  };

  /** Deletes at once what nothing depends on; a reference is only taken away from where it stands. */
  const ask = () => {
    const chips = chosen.ids.filter(id => items.get(id)?.kind === 'reference');
    if (chips.length > 0) {
      const taken = chips.map(id => items.get(id)!).map(({ node, parent }) => ({ node, parent: parent!.node }));
      const named = (names: string[]) => [...new Set(names)].join(', ');
      const values = { child: named(taken.map(({ node }) => node.name)), parent: named(taken.map(({ parent }) => parent.name)) };
      attempt(
        now => taken.reduce((tree, { node, parent }) => unlink(tree, parent.key, node.key), now),
        t('Take {child} from under {parent}', values),
        false,
      );
      return;
    }
    if (chosen.keys.length === 1 && chosen.keys[0] === rootOf(doc)) return tell(t('The KGI is the tree itself: it can be changed, but not deleted.'));
    const told = dependentsOf(doc, chosen.keys);
    if (told.keys.length === 0) return;
    if (told.orphans.length + bereftOf(doc, told.keys, 'goes').length + told.targets + told.values > 0) setDeleting(told);
    else doRemove(told, 'goes');
  };

  const doRemove = ({ keys }: Dependents, below: Below, opened?: ReadonlySet<string>) => {
    const left = items.get(keys[0]!)?.parent?.node.key ?? rootOf(doc);
    edit(now => deleteNodes(now, keys, below, opened), t('Delete {name}', { name: keys.map(key => nameOf(doc, key)).join(', ') }));
    setDeleting(null);
    chosen.goTo(keys.includes(left) ? rootOf(doc) : left);
  };

  const copy = (): boolean => {
    const keys = chosen.keys.length > 0 ? chosen.keys : [];
    if (keys.length === 0) return false;
    window.localStorage.setItem(CLIPBOARD, writeBranch(copyBranch(doc, keys)));
    return true;
  };

  const paste = () => {
    const branch = readBranch(window.localStorage.getItem(CLIPBOARD));
    if (!branch) return tell(t('Copy a KPI first, in this tree or in another one.'));
    const parent = chosen.key ?? rootOf(doc);
    const fitted = fitBranch(doc, branch);
    edit(now => addBranch(now, parent, fitted), t('Paste under {name}', { name: nameOf(doc, parent) }));
    if (fitted.tops[0] !== undefined) chosen.goTo(fitted.tops[0]);
  };

  const move = (step: Step) => {
    const held = chosen.ids.flatMap(id => heldAt(items.get(id)));
    // Going down, the last one leaves room for the others.
    const ordered = step === 'down' ? [...held].reverse() : held;
    const change: Edit = now => ordered.reduce((tree, { key, parent }) => (parent === null ? tree : stepNode(tree, key, parent, step)), now);
    if (change(doc) === doc) return;
    const last = chosen.ids[chosen.ids.length - 1];
    attempt(change, t('Move {name}', { name: held.map(({ key }) => nameOf(doc, key)).join(', ') }), true, () => {
      if (last !== undefined && chosen.ids.length === 1) chosen.goTo(keyOfItem(last));
    });
  };

  const drop = ({ held, drop: { parent, at, problem }, further }: Extract<Intent, { do: 'drop' }>) => {
    if (problem !== null) return tell(problem);
    const tops = topmost(doc, held.map(({ key }) => key));
    const moving = held.filter(({ key }) => tops.includes(key));
    const values = { name: moving.map(({ key }) => nameOf(doc, key)).join(', '), parent: nameOf(doc, parent) };
    attempt(
      now => moving.reduce((tree, { key, parent: from }, index) => put(tree, key, from, parent, at === undefined ? undefined : at + index, further), now),
      further ? t('Link {name} to {parent}', values) : t('Move {name}', values),
      true,
      () => moving.length === 1 && !further && chosen.goTo(moving[0]!.key),
    );
  };

  const connect = (parent: string) => {
    const keys = connecting ?? [];
    edit(now => keys.reduce((tree, key) => link(tree, parent, key), now), t('Link {name} to {parent}', { name: keys.map(key => nameOf(doc, key)).join(', '), parent: nameOf(doc, parent) }));
    setConnecting(null);
  };

  const carryOut = (intent: Intent): void => {
    const item = 'id' in intent ? items.get(intent.id) : undefined;
    switch (intent.do) {
      case 'child':
      case 'sibling':
        return item && add(item, intent.do);
      case 'begin rename':
        return item?.kind === 'node' ? setRenaming(intent.id) : undefined;
      case 'rename':
        return rename(intent.id, intent.name, intent.then);
      case 'delete':
        return ask();
      case 'copy':
        return copy() ? undefined : tell(t('Choose a KPI first.'));
      case 'cut':
        return copy() ? ask() : tell(t('Choose a KPI first.'));
      case 'paste':
        return paste();
      case 'connect':
        return chosen.keys.length > 0 ? setConnecting(topmost(doc, chosen.keys)) : tell(t('Choose a KPI first.'));
      case 'select all':
        return chosen.choose(doc.nodes.map(({ key }) => key));
      case 'undo':
        return undo();
      case 'redo':
        return redo();
      case 'help':
        return setHelping(true);
      case 'step':
        return move(intent.step);
      case 'drop':
        return drop(intent);
    }
  };

  const close = useCallback(() => {
    setDeleting(null);
    setConnecting(null);
    setLeaving(null);
    setHelping(false);
  }, []);
  return {
    ...{ onIntent: carryOut, renaming, deleting, connecting, connect, leaving, settle, helping, close },
    remove: (below, opened) => deleting && doRemove(deleting, below, opened),
  };
}

const heldAt = (item: Item | undefined): Held[] => (item ? [{ key: item.node.key, parent: item.parent?.node.key ?? null }] : []);

function put(tree: TreeDoc, key: string, from: string | null, to: string, at: number | undefined, further: boolean): TreeDoc {
  if (further) return link(tree, to, key, at);
  return from === null || !parentsOf(tree, key).includes(from) ? tree : moveNode(tree, key, from, to, at);
}
