/**
 * What is kept in the browser of drafts that are not saved, until they are saved or dropped: per person, tree and tab.
 *
 * Every time the editor opens it writes under an id of its own, so that no tab ever writes over another one's draft,
 * not even over that of the tab it is a copy of.
 */
import { newUuid, readTree, type TreeDoc } from './document';

export interface Kept {
  /** The tree as it was read when the changes began; null for one that was never saved. */
  base: TreeDoc | null;
  draft: TreeDoc;
  /** When it was kept, as an ISO moment. */
  at: string;
}

/** Whose drafts of which tree: a uuid, or null for trees that were never saved. */
export interface Place {
  person: number | null;
  tree: string | null;
}

export interface KeptDraft {
  id: string;
  kept: Kept;
}

/** Where drafts are kept for long, and what a tab knows of itself. */
export interface Stores {
  drafts: Storage;
  tab: Storage;
}
const browser = (): Stores => ({ drafts: window.localStorage, tab: window.sessionStorage });

const prefixOf = ({ person, tree }: Place): string => `kpi-draft:${person ?? 'nobody'}:${tree ?? 'new'}`;
const nameOf = (place: Place, id: string): string => `${prefixOf(place)}:${id}`;

/** Keeps a draft as this tab's. False where the browser has no room for it, or does not let us. */
export function keep(place: Place, id: string, kept: Kept, { drafts, tab }: Stores = browser()): boolean {
  try {
    drafts.setItem(nameOf(place, id), JSON.stringify(kept));
    tab.setItem(prefixOf(place), id);
    return true;
  } catch {
    return false;
  }
}

/** All that is kept of a tree and can be read, the newest first. */
export function recallAll(place: Place, { drafts }: Stores = browser()): KeptDraft[] {
  const start = nameOf(place, '');
  const names = Object.keys(drafts).filter(name => name.startsWith(start));
  const found = names.flatMap(name => {
    const kept = read(drafts.getItem(name));
    return kept ? [{ id: name.slice(start.length), kept }] : [];
  });
  return found.sort((a, b) => (a.kept.at < b.kept.at ? 1 : -1));
}

/** The id under which this tab, or the one it is a copy of, has last kept a draft of the tree. */
export function lastOf(place: Place, { tab }: Stores = browser()): string | null {
  try {
    return tab.getItem(prefixOf(place));
  } catch {
    return null;
  }
}

/** Makes a kept draft this tab's own, and answers under which id: another one, unless the browser does not let us. */
export function adopt(place: Place, id: string, { drafts, tab }: Stores = browser()): string {
  const next = newUuid();
  const text = drafts.getItem(nameOf(place, id));
  if (text === null) return next;
  try {
    // Never both at once: there may not be room for two.
    drafts.removeItem(nameOf(place, id));
    drafts.setItem(nameOf(place, next), text);
    tab.setItem(prefixOf(place), next);
    return next;
  } catch {
    drafts.setItem(nameOf(place, id), text);
    return id;
  }
}

export function forget(place: Place, id: string, { drafts }: Stores = browser()): void {
  try {
    drafts.removeItem(nameOf(place, id));
  } catch {
    // Where nothing can be kept, there is nothing to forget.
  }
}

function read(text: string | null): Kept | null {
  try {
    const { base, draft, at } = JSON.parse(text ?? 'null') as Kept;
    return { base: base && readTree(base), draft: readTree(draft), at };
  } catch {
    return null;
  }
}
