/** Filtering the other charts of a dashboard by a member of a column, in the shape that the host's own charts emit. */
import type { Filter, Member } from '../api/types';

/** What is chosen, as the host keeps it for a chart: `label` is what its filter bar writes, `column` is ours. */
interface FilterState {
  value?: unknown;
  selectedValues?: unknown;
  label?: string;
  column?: string;
}

/** What a chart filters others by. */
export interface DataMask {
  extraFormData: { filters: Filter[] };
  filterState: FilterState;
}

export interface Selection {
  column: string;
  member: Member;
}

export interface CrossFilter {
  /** What this chart filters the dashboard by now. */
  selected: Selection | null;
  emit: (mask: DataMask) => void;
}

/** What is chosen, as the host keeps it. */
export function selectionOf(state: FilterState | undefined): Selection | null {
  const { column, selectedValues } = state ?? {};
  if (!column || !Array.isArray(selectedValues) || selectedValues.length === 0) return null;
  return { column, member: selectedValues[0] as Member };
}

export const isSelected = (selected: Selection | null, { column, member }: Selection): boolean =>
  selected !== null && selected.column === column && selected.member === member;

/** The mask that filters by this member, or that filters by nothing where it is chosen already. */
export function maskFor(selected: Selection | null, next: Selection, label: string): DataMask {
  if (isSelected(selected, next)) return NOTHING;
  const { column, member } = next;
  return {
    extraFormData: { filters: [member === null ? { col: column, op: 'IS NULL' } : { col: column, op: 'IN', val: [member] }] },
    filterState: { value: [member], selectedValues: [member], label, column },
  };
}

export const NOTHING: DataMask = { extraFormData: { filters: [] }, filterState: { value: null, selectedValues: null } };
