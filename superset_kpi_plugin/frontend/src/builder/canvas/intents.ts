/** What a person asks for on the canvas, whether by key, by handle or by button. */
import type { Drop, Held } from './drop';

import type { Step } from '../draft/steps';

export type Intent =
  | { do: 'child'; id: string }
  | { do: 'sibling'; id: string }
  | { do: 'begin rename'; id: string }
  /** Null leaves the name as it is. */
  | { do: 'rename'; id: string; name: string | null; then?: 'child' | 'sibling' }
  | { do: 'delete' | 'copy' | 'cut' | 'paste' | 'connect' | 'select all' | 'undo' | 'redo' | 'help' }
  | { do: 'step'; step: Step }
  | { do: 'drop'; held: Held[]; drop: Drop; further: boolean };

export type OnIntent = (intent: Intent) => void;
