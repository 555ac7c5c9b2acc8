import type { Person } from '../../api/types';
import type { Viewer } from '../bootstrap';

/** What to offer a reader. What they may do, the server decides by the same rule. */
export const mayStart = (viewer: Viewer): boolean => viewer.may('can_write', 'KpiTree');

export const mayEdit = (viewer: Viewer, owners: readonly Pick<Person, 'id'>[]): boolean =>
  mayStart(viewer) && (viewer.admin || owners.some(({ id }) => id === viewer.id));
