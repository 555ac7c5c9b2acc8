import type { MutableRefObject } from 'react';
import type { Evaluation } from '../api/types';
import type { FactsOf } from '../tree/facts';
import type { Folded } from '../tree/fold';
import type { LayoutKind } from '../tree/kinds';
import type { Item, Outline } from '../tree/outline';
import type { Size, View } from '../tree/viewport';

/** What the header's buttons ask of a picture. Only a canvas can be looked at from nearer or farther. */
export interface PictureControls {
  refold: (folded: Folded) => void;
  /** Goes to where a node stands, unfolding what hides it. */
  jump: (key: string) => void;
  zoomBy?: (factor: number) => void;
  fit?: () => void;
}

/** What every layout is given: the same tree with the same numbers. */
export interface PictureProps {
  kind: LayoutKind;
  evaluation: Evaluation;
  outline: Outline & { root: Item };
  factsOf: FactsOf;
  /** The nodes asked for; null where all are. */
  matched: Set<string> | null;
  folded: Folded;
  onFold: (folded: Folded) => void;
  selected: string | null;
  onSelect: (key: string | null) => void;
  /** Shows the branch under this node alone; null shows the whole tree again. */
  onBranch: (key: string | null) => void;
  /** The size until it is measured. */
  guess: Size;
  lookAt: View | undefined;
  onLook: (view: View) => void;
  controls: MutableRefObject<PictureControls | null>;
}
