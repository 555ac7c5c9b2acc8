import { shared } from '../shared';

/**
 * Remembers which charts were refreshed by force.
 *
 * The host tells `force` to buildQuery alone and answers the chart with plain data, so buildQuery leaves a note here and
 * the chart takes it when that data arrives. Taking removes the note: drawing the same data again does not force again.
 */
const forced = shared('forced', new Map<number, boolean>());

export function noteQuery(chartId: number, force: boolean): void {
  forced.set(chartId, force);
}

export function takeForce(chartId: number): boolean {
  const force = forced.get(chartId) ?? false;
  forced.delete(chartId);
  return force;
}
