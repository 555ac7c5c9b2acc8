/** Where a dragged card would be dropped. */
import { t } from '../../i18n';
import type { Box, Growth, Layout, Placed } from '../../tree/layout';
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
/** This share of a card at the ends where its siblings stand means beside it, the rest means into it. */
const EDGE = 0.28;
const LINE = 4;

/** What dropping at a point means; null where nothing is near. `further` puts the card there as well, and leaves it where it is. */
export function dropAt(doc: TreeDoc, layout: Layout, point: { x: number; y: number }, held: readonly Held[], further: boolean, growth: Growth = 'right'): Drop | null {
  const over = nearest(layout, point, growth);
  if (!over) return null;
  const { item, box } = over;
  const down = growth === 'down';
  const share = down ? (point.x - box.x) / box.width : (point.y - box.y) / box.height;
  const beside = item.parent !== null && (share < EDGE || share > 1 - EDGE);
  if (!beside || further) {
    if (item.kind === 'reference' || share < 0 || share > 1) return null;
    return { parent: item.node.key, box, kind: 'into', problem: problemOf(doc, item.node.key, held, further) };
  }
  const parent = item.parent!.node.key;
  const before = share < EDGE;
  const away = (REACH + LINE) / 2;
  const x = before ? box.x - away : box.x + box.width + away - LINE;
  const y = before ? box.y - away : box.y + box.height + away - LINE;
  return {
    parent,
    at: placeAmongOthers(doc, parent, item.node.key, held) + (before ? 0 : 1),
    box: down ? { x, y: box.y, width: LINE, height: box.height } : { x: box.x, y, width: box.width, height: LINE },
    kind: 'between',
    problem: problemOf(doc, parent, held, further),
  };
}

function nearest(layout: Layout, { x, y }: { x: number; y: number }, growth: Growth): Placed | null {
  const point = { x, y, width: 0, height: 0 };
  const [across, along] = growth === 'down' ? [REACH, 0] : [0, REACH];
  const around = ({ box }: Placed) => ({ x: box.x - across, y: box.y - along, width: box.width + 2 * across, height: box.height + 2 * along });
  const near = layout.placed.filter(one => contains(around(one), point));
  const away = ({ box }: Placed) => Math.max(box.y - y, y - box.y - box.height, box.x - x, x - box.x - box.width, 0);
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
