/** Undo and redo: snapshots of the document, each with what was done to reach it. No limit. */
import type { TreeDoc } from './document';

interface Step {
  doc: TreeDoc;
  /** What was done to this document. */
  label: string;
}

export interface History {
  present: TreeDoc;
  /** The documents before, the latest last, each with what was done next. */
  past: readonly Step[];
  /** The documents that were undone, the nearest last, each with what led there. */
  future: readonly Step[];
}

export const begin = (doc: TreeDoc): History => ({ present: doc, past: [], future: [] });

/** Does an edit; one that changes nothing leaves no trace. */
export function edit(history: History, change: (doc: TreeDoc) => TreeDoc, label: string): History {
  const present = change(history.present);
  if (present === history.present) return history;
  return { present, past: [...history.past, { doc: history.present, label }], future: [] };
}

/** Another document in place of this one, with nothing to undo: as the server wrote what was saved. */
export const replace = (history: History, present: TreeDoc): History => ({ ...history, present });

export function undo(history: History): History {
  const last = history.past[history.past.length - 1];
  if (!last) return history;
  return {
    present: last.doc,
    past: history.past.slice(0, -1),
    future: [...history.future, { doc: history.present, label: last.label }],
  };
}

export function redo(history: History): History {
  const next = history.future[history.future.length - 1];
  if (!next) return history;
  return {
    present: next.doc,
    past: [...history.past, { doc: history.present, label: next.label }],
    future: history.future.slice(0, -1),
  };
}

/** What would be undone, and done again. */
export const undoable = ({ past }: History): string | null => past[past.length - 1]?.label ?? null;
export const redoable = ({ future }: History): string | null => future[future.length - 1]?.label ?? null;
