import type { TreeRow } from '../api';
import type { Trees } from './useTrees';

/** What both views of the list are given. */
export interface RowsProps {
  rows: TreeRow[];
  trees: Trees;
  /** The chosen rows while choosing is on, else null. */
  selected: ReadonlySet<number> | null;
  onSelect: (ids: number[]) => void;
  mayEdit: (row: TreeRow) => boolean;
  mayExport: boolean;
  onStar: (row: TreeRow) => void;
  onEdit: (row: TreeRow) => void;
  onExport: (rows: TreeRow[]) => void;
  onDelete: (rows: TreeRow[]) => void;
}
