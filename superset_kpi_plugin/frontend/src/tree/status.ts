/** How each status looks besides its word: a colour role and a shape of its own. */
import type { Status } from '../api/types';

export type Tone = 'success' | 'warning' | 'error' | 'neutral';

export const STATUSES: Status[] = [
  'achieved',
  'on_track',
  'at_risk',
  'off_track',
  'no_target',
  'not_started',
  'no_data',
  'restricted',
  'error',
];

const TONES: Record<Status, Tone> = {
  achieved: 'success',
  on_track: 'success',
  at_risk: 'warning',
  off_track: 'error',
  error: 'error',
  no_target: 'neutral',
  not_started: 'neutral',
  no_data: 'neutral',
  restricted: 'neutral',
};

export const toneOf = (status: Status): Tone => TONES[status] ?? 'neutral';
