/** How much a card tells: as much as can be read at the size that it has on the screen. */
import { CARD } from './layout';

export type Density = 'dot' | 'speck' | 'compact' | 'standard' | 'detail';

/** The size at which each is drawn before it is scaled into its box: one shape, so that all fill the same box. */
export const FACE: Record<Density, { width: number; height: number }> = {
  dot: { width: 72, height: 44 },
  speck: { width: 72, height: 44 },
  compact: { width: 180, height: 110 },
  standard: CARD,
  detail: { width: 368, height: 225 },
};

/** From so many pixels on the screen on. Below the second, nothing written could be read; below the first, no icon. */
const SPECK_FROM = 18;
const COMPACT_FROM = 64;
const STANDARD_FROM = 200;
const DETAIL_FROM = 330;

/** Whether a card is so far away that nothing on it could be read, or pressed. */
export const isFar = (density: Density): boolean => density === 'dot' || density === 'speck';

export function densityAt(scale: number): Density {
  const width = CARD.width * scale;
  if (width >= DETAIL_FROM) return 'detail';
  if (width >= STANDARD_FROM) return 'standard';
  if (width >= COMPACT_FROM) return 'compact';
  return width >= SPECK_FROM ? 'speck' : 'dot';
}
