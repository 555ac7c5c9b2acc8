/** A draft while it is edited: what is stored, what was changed, and what came in between. */
import type { TreeDoc } from './document';
import type { Edit } from './edits';
import { begin, edit, redo, replace, undo, type History } from './history';
import type { Kept } from './kept';
import { merge } from './merge';
import { same } from './same';

export interface Draft {
  /** The tree as the server has it, as far as is known; null for one that was never saved. */
  base: TreeDoc | null;
  history: History;
  /** Changes that came from the browser's memory: of when, and whether somebody has saved since. */
  restored: { at: string; outdated: boolean } | null;
}

export type Action =
  | { type: 'edit'; change: Edit; label: string }
  | { type: 'undo' }
  | { type: 'redo' }
  /** The server has stored `sent`, and answered how. */
  | { type: 'saved'; sent: TreeDoc; stored: TreeDoc }
  /** Somebody else has saved `theirs`; from now on the draft says `doc`. */
  | { type: 'settled'; theirs: TreeDoc; doc: TreeDoc; labels: { theirs: string; doc: string } }
  /** The tree is to be saved as another one. */
  | { type: 'detached'; doc: TreeDoc; label: string }
  | { type: 'seen' };

/** Opens a stored tree, with what was kept of it. */
export function open(stored: TreeDoc, kept: Kept | null, label: string): Draft {
  if (!kept || sameContent(kept.draft, stored)) return { base: stored, history: begin(stored), restored: null };
  const outdated = kept.base?.version !== stored.version;
  const base = outdated && kept.base ? kept.base : stored;
  return { base, history: edit(begin(base), () => kept.draft, label), restored: { at: kept.at, outdated } };
}

/** Opens a tree that was never saved: the one to start from, or what was kept of one. */
export function openNew(start: TreeDoc, kept: Kept | null): Draft {
  return { base: null, history: begin(kept?.draft ?? start), restored: kept && { at: kept.at, outdated: false } };
}

export function reduce(draft: Draft, action: Action): Draft {
  const { history } = draft;
  switch (action.type) {
    case 'edit':
      return { ...draft, history: edit(history, action.change, action.label) };
    case 'undo':
      return { ...draft, history: undo(history) };
    case 'redo':
      return { ...draft, history: redo(history) };
    case 'saved': {
      const { sent, stored } = action;
      // What was changed while the server stored the rest stays a change.
      const present = same(history.present, sent) ? stored : merge(sent, history.present, stored).resolve({}).doc;
      return { base: stored, history: replace(history, present), restored: null };
    }
    case 'settled': {
      // Both stay within reach: undo leads from what was chosen to theirs, and from theirs to mine.
      const taken = edit(history, () => action.theirs, action.labels.theirs);
      const settled = action.doc === action.theirs ? taken : edit(taken, () => action.doc, action.labels.doc);
      return { base: action.theirs, history: settled, restored: null };
    }
    case 'detached':
      return { base: null, history: edit(history, () => action.doc, action.label), restored: null };
    case 'seen':
      return { ...draft, restored: null };
  }
}

/** Whether there is anything to save. */
export const isChanged = ({ base, history }: Draft): boolean => base === null || !sameContent(base, history.present);

/** The document as it is sent: of which tree and which version, only the stored one knows, whatever is undone. */
export function outgoing({ base, history: { present } }: Draft): TreeDoc {
  const version = base?.version ?? null;
  const uuid = base ? base.uuid : present.uuid;
  return uuid === present.uuid && version === present.version ? present : { ...present, uuid, version };
}

/** Whether two documents say the same of a tree, whichever version they are of. */
export function sameContent(one: TreeDoc, other: TreeDoc): boolean {
  const content = ({ uuid: _uuid, version: _version, slug, ...rest }: TreeDoc, known: string | null) => ({ ...rest, slug: slug ?? known });
  return one === other || same(content(one, other.slug), content(other, one.slug));
}
