/** Where a dragged card would be dropped. */
import { t } from '../../i18n';
import type { Box, Layout, Placed } from '../../tree/layout';
import { contains } from '../../tree/viewport';
import type { TreeDoc } from '../draft/document';
import { linkProblem, moveProblem, placeOf } from '../draft/edits';

/** A card as it stands in the tree: the KGI under nobody. */
export interface Held {
  key: string;
  parent: string | null;
}

export interface Drop {
  /** The parent to be, and the place among its children without the dragged ones; at the end without one. */
  parent: string;
  at?: number;
  /** What shows where: a card's box to go into, or a line between two cards. */
  box: Box;
  kind: 'into' | 'between';
  /** Why it cannot be dropped there; null where it can. */
  problem: string | null;
}

/** So far beside a card, its neighbourhood ends. */
const REACH = 22;
/** This share of a card's height at its top and bottom means beside it, the rest means into it. */
const EDGE = 0.28;
const LINE = 4;

/** What dropping at a point means; null where nothing is near. `further` puts the card there as well, and leaves it where it is. */
export function dropAt(doc: TreeDoc, layout: Layout, point: { x: number; y: number }, held: readonly Held[], further: boolean): Drop | null {
  const over = nearest(layout, point);
  if (!over) return null;
  const { item, box } = over;
  const share = (point.y - box.y) / box.height;
  const beside = item.parent !== null && (share < EDGE || share > 1 - EDGE);
  if (!beside || further) {
    if (item.kind === 'reference' || share < 0 || share > 1) return null;
    return { parent: item.node.key, box, kind: 'into', problem: problemOf(doc, item.node.key, held, further) };
  }
  const parent = item.parent!.node.key;
  const before = share < EDGE;
  const y = before ? box.y - REACH / 2 - LINE / 2 : box.y + box.height + REACH / 2 - LINE / 2;
  return {
    parent,
    at: placeAmongOthers(doc, parent, item.node.key, held) + (before ? 0 : 1),
    box: { x: box.x, y, width: box.width, height: LINE },
    kind: 'between',
    problem: problemOf(doc, parent, held, further),
  };
}

function nearest(layout: Layout, { x, y }: { x: number; y: number }): Placed | null {
  const point = { x, y, width: 0, height: 0 };
  const around = ({ box }: Placed) => ({ x: box.x, y: box.y - REACH, width: box.width, height: box.height + 2 * REACH });
  const near = layout.placed.filter(one => contains(around(one), point));
  const away = ({ box }: Placed) => Math.max(box.y - y, y - box.y - box.height, 0);
  return near.sort((a, b) => away(a) - away(b))[0] ?? null;
}

function placeAmongOthers(doc: TreeDoc, parent: string, key: string, held: readonly Held[]): number {
  const place = placeOf(doc, parent, key);
  const leaving = held.filter(one => one.parent === parent && placeOf(doc, parent, one.key) < place);
  return place - leaving.length;
}

function problemOf(doc: TreeDoc, parent: string, held: readonly Held[], further: boolean): string | null {
  const problems = held.map(one =>
    further ? linkProblem(doc, parent, one.key) : moveProblem(doc, one.key, one.parent, parent),
  );
  return problems.find(problem => problem !== null) ?? (held.length === 0 ? t('There is no such KPI in this tree.') : null);
}
