/** The ways to look at a tree. Every one of them shows the same numbers. */
export type LayoutKind = 'right' | 'down' | 'outline' | 'icicle' | 'heatmap';

/** What the chart's control stores: a layout, or the one that suits the chart's width. */
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

export function layoutFor(choice: LayoutChoice, width: number): LayoutKind {
  if (choice !== 'auto') return choice;
  return width < PHONE ? 'outline' : 'right';
}

export const isCanvas = (kind: LayoutKind): boolean => kind === 'right' || kind === 'down';
