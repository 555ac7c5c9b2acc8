import { DASH, type Shape } from '../../tree/format';
import { amount } from '../numbers';

/** A change, always with its sign. */
export function signed(value: number | null, shape: Shape): string {
  if (value === null) return DASH;
  const size = amount(Math.abs(value), shape);
  return value === 0 ? size : `${value > 0 ? '+' : '−'}${size}`;
}

/** Whether a change goes the wanted way; null where neither way is the wanted one. */
export function tone(value: number, direction: 'increase' | 'decrease' | 'maintain'): 'success' | 'error' | 'neutral' {
  if (direction === 'maintain' || value === 0) return 'neutral';
  return value > 0 === (direction === 'increase') ? 'success' : 'error';
}
