/** The ways to look at a tree. Every one of them shows the same numbers. */
import type { Folded } from './fold';
import { layOut, type Growth } from './layout';
import type { Item } from './outline';
import { fit, READABLE, type Size } from './viewport';

export type LayoutKind = 'right' | 'down' | 'outline' | 'icicle' | 'heatmap';

/** What the chart's control stores: a layout, or the one that suits the chart's room. */
export type LayoutChoice = LayoutKind | 'auto';

export const LAYOUT_KINDS: LayoutKind[] = ['right', 'down', 'outline', 'icicle', 'heatmap'];

export const LAYOUT_WORDS: Record<LayoutKind, string> = {
  right: 'Tree, left to right',
  down: 'Tree, top down',
  outline: 'Outline',
  icicle: 'Icicle by weight',
  heatmap: 'Heatmap by members',
};

/** Narrower than this, cards on a canvas are a keyhole: a phone gets the outline. */
const PHONE = 480;

/** The layout asked for; left to the room there is, the way to grow in which the tree can be read whole, and larger. */
export function layoutFor(choice: LayoutChoice, root: Item | null, folded: Folded, room: Size): LayoutKind {
  if (choice !== 'auto') return choice;
  if (room.width < PHONE) return 'outline';
  const scale = (growth: Growth) => fit(layOut(root, folded, growth).bounds, room).k;
  const down = scale('down');
  return down >= READABLE && down > scale('right') ? 'down' : 'right';
}

export const isCanvas = (kind: LayoutKind): boolean => kind === 'right' || kind === 'down';
