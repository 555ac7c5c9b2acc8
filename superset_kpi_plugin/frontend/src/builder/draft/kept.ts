/** What is kept in the browser of a draft that is not saved: per person and tree, until it is saved or dropped. */
import { readTree, type TreeDoc } from './document';

export interface Kept {
  /** The tree as it was read when the changes began; null for one that was never saved. */
  base: TreeDoc | null;
  draft: TreeDoc;
  /** When it was kept, as an ISO moment. */
  at: string;
}

/** Whose draft of which tree: a uuid, or null for a tree that was never saved. */
export interface Place {
  person: number | null;
  tree: string | null;
}

const nameOf = ({ person, tree }: Place): string => `kpi-draft:${person ?? 'nobody'}:${tree ?? 'new'}`;

/** Keeps a draft. False where the browser has no room for it, or does not let us. */
export function keep(place: Place, kept: Kept, storage: Storage = window.localStorage): boolean {
  try {
    storage.setItem(nameOf(place), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** What was kept; null where nothing was, or nothing that can be read. */
export function recall(place: Place, storage: Storage = window.localStorage): Kept | null {
  try {
    const { base, draft, at } = JSON.parse(storage.getItem(nameOf(place)) ?? 'null') as Kept;
    return { base: base && readTree(base), draft: readTree(draft), at };
  } catch {
    return null;
  }
}

export function forget(place: Place, storage: Storage = window.localStorage): void {
  try {
    storage.removeItem(nameOf(place));
  } catch {
    // Where nothing can be kept, there is nothing to forget.
  }
}
