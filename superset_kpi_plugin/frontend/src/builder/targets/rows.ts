/** Target rows of a node as a grid of periods shows them: one row for each period, for the whole or for one member. */
import type { Span, TargetRow } from '../draft/document';

export type Amount = 'value' | 'baseline' | 'lower' | 'upper';
const AMOUNTS: readonly Amount[] = ['value', 'baseline', 'lower', 'upper'];

/** Whose targets: everything's, or those of one member of a dimension. */
export interface Whose {
  dimension: string | null;
  member: string | null;
}
export const WHOLE: Whose = { dimension: null, member: null };

export const isOf = (row: TargetRow, whose: Whose): boolean =>
  row.dimension === whose.dimension && row.member === whose.member;

const same = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;
/** Days are written so that their order is the alphabet's. */
const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

export const rowAt = (rows: readonly TargetRow[], span: Span, whose: Whose): TargetRow | undefined =>
  rows.find(row => isOf(row, whose) && same(row, span));

/** Rows that lie across a period without being its own, such as one for the whole year: a period has one target. */
export const rowsAcross = (rows: readonly TargetRow[], span: Span, whose: Whose): TargetRow[] =>
  rows.filter(row => isOf(row, whose) && overlap(row, span) && !same(row, span));

/** Sets one amount of a period. A row without any amount is no row; rows that lie across the period make way. */
export function setAmount(
  rows: readonly TargetRow[], span: Span, whose: Whose, amount: Amount, value: number | null,
): TargetRow[] {
  const { start, end } = span;
  const before = rowAt(rows, span, whose) ?? { start, end, ...whose, value: null, baseline: null, lower: null, upper: null };
  const after = { ...before, [amount]: value };
  const across = new Set(value === null ? [] : rowsAcross(rows, span, whose));
  const others = rows.filter(row => row !== before && !across.has(row));
  return AMOUNTS.every(name => after[name] === null) ? others : sorted([...others, after]);
}

/** Sets one amount of many periods at once. */
export const setAmounts = (
  rows: readonly TargetRow[], whose: Whose, amount: Amount, values: readonly (Span & { value: number | null })[],
): TargetRow[] => values.reduce<TargetRow[]>((all, one) => setAmount(all, one, whose, amount, one.value), [...rows]);

/** What a fill proposes for each period; where it proposes nothing, the period stays as it is. */
export const proposedRows = (periods: readonly Span[], values: readonly (number | null)[]): (Span & { value: number })[] =>
  periods.flatMap(({ start, end }, at) => {
    const value = values[at] ?? null;
    return value === null ? [] : [{ start, end, value }];
  });

export const removeRow = (rows: readonly TargetRow[], row: TargetRow): TargetRow[] => rows.filter(one => one !== row);

/** The members that have rows of their own, each once. */
export function membersIn(rows: readonly TargetRow[]): Whose[] {
  const found = new Map(rows.map(({ dimension, member }) => [JSON.stringify([dimension, member]), { dimension, member }]));
  return [...found.values()].filter(({ dimension }) => dimension !== null);
}

function sorted(rows: TargetRow[]): TargetRow[] {
  return rows.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}
