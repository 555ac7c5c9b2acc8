/** What the editor finds of drafts when it opens. */
import { lastOf, recallAll, type KeptDraft, type Place } from './kept';
import { openElsewhere } from './presence';

export interface Found {
  /** The draft to go on with: the one that is asked for, else this tab's own, else the newest that nobody has open. */
  mine: KeptDraft | null;
  /** Others that nobody has open, the newest first. */
  left: KeptDraft[];
  /** How many are open in other tabs. */
  elsewhere: number;
}

export async function findDrafts(place: Place, wanted: string | null): Promise<Found> {
  const all = recallAll(place);
  if (all.length === 0) return { mine: null, left: [], elsewhere: 0 };
  const open = await openElsewhere();
  const closed = all.filter(({ id }) => !open.has(id));
  const at = (id: string | null) => closed.find(one => one.id === id);
  const mine = at(wanted) ?? at(lastOf(place)) ?? closed[0] ?? null;
  return { mine, left: closed.filter(one => one !== mine), elsewhere: all.length - closed.length };
}
