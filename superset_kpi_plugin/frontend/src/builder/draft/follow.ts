/** What was chosen on the canvas, through an edit: keys may have changed, and nodes may be gone. */
import type { TreeDoc } from './document';

/** An item's id as the outline makes it: the node's key, or its parent's and its own where it is a reference. */
const BETWEEN = '→';

export const keyOfItem = (id: string): string => id.slice(id.lastIndexOf(BETWEEN) + 1);

/** The ids of the same items in the document after an edit, without those that are gone; what came with it is itself. */
export function follow(ids: readonly string[], before: TreeDoc, after: TreeDoc): string[] {
  if (before === after) return [...ids];
  const uuids = new Map(before.nodes.map(({ key, uuid }) => [key, uuid]));
  const keys = new Map(after.nodes.map(({ key, uuid }) => [uuid, key]));
  const known = new Set(keys.values());
  const now = (key: string) => (uuids.has(key) ? keys.get(uuids.get(key)!) : known.has(key) ? key : undefined);
  return ids.flatMap(id => {
    const parts = id.split(BETWEEN).map(now);
    return parts.every(part => part !== undefined) ? [parts.join(BETWEEN)] : [];
  });
}
