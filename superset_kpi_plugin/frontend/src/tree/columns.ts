/** The outline as a table: its columns, and its rows in the order asked for. */
import type { Facts, FactsOf } from './facts';
import { personName } from './filter';
import { shown, type Folded } from './fold';
import type { Item } from './outline';
import { STATUSES } from './status';

export type ColumnId =
  | 'name' | 'status' | 'actual' | 'target' | 'attainment' | 'score' | 'change' | 'trend' | 'forecast' | 'owner'
  | 'department' | 'data_through';

type Sortable = number | string | null | undefined;

export interface Column {
  id: ColumnId;
  label: string;
  /** Pixels the table must have for this column to be shown. */
  from: number;
  /** As CSS grid has it. */
  width: string;
  numeric?: boolean;
  /** What rows are ordered by; without it, the column does not sort. */
  by?: (item: Item, facts: Facts) => Sortable;
}

export const COLUMNS: Column[] = [
  { id: 'name', label: 'Name', from: 0, width: 'minmax(150px,4fr)', by: item => item.node.name },
  { id: 'status', label: 'Status', from: 640, width: '124px', by: (_, { result }) => result && STATUSES.indexOf(result.status) },
  { id: 'actual', label: 'Actual', from: 0, width: 'minmax(96px,1fr)', numeric: true, by: (_, { result }) => result?.actual },
  { id: 'target', label: 'Target', from: 740, width: 'minmax(96px,1fr)', numeric: true, by: (_, { result }) => result?.target },
  { id: 'attainment', label: 'Attainment', from: 0, width: 'minmax(120px,1fr)', numeric: true, by: (_, { result }) => result?.attainment },
  { id: 'score', label: 'Score', from: 1160, width: '76px', numeric: true, by: (_, { result }) => result?.score },
  { id: 'change', label: 'Change', from: 840, width: '88px', numeric: true, by: (_, { change }) => change?.ratio },
  { id: 'trend', label: 'Trend', from: 960, width: '112px' },
  { id: 'forecast', label: 'Forecast', from: 1070, width: 'minmax(96px,1fr)', numeric: true, by: (_, { result }) => result?.forecast },
  { id: 'owner', label: 'Owner', from: 1270, width: 'minmax(90px,1fr)', by: ({ node }) => node.owner && personName(node.owner) },
  { id: 'department', label: 'Department', from: 1380, width: 'minmax(90px,1fr)', by: ({ node }) => node.department },
  { id: 'data_through', label: 'Data through', from: 1500, width: '108px', by: (_, { result }) => result?.data_through },
];

export const columnsFor = (width: number): Column[] => COLUMNS.filter(({ from }) => width >= from);

export interface Sort {
  column: ColumnId;
  descending: boolean;
}

/** Upwards, then downwards, then in the tree's own order again. */
export function nextSort(sort: Sort | null, column: ColumnId): Sort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** The items in sight. A sort orders the drivers of each node among themselves, and what is undefined comes last. */
export function rowsOf(root: Item, folded: Folded, sort: Sort | null, factsOf: FactsOf): Item[] {
  const by = COLUMNS.find(({ id }) => id === sort?.column)?.by;
  const ordered = (items: Item[]): Item[] => {
    if (!sort || !by) return items;
    const keyed = items.map(item => ({ item, value: by(item, factsOf(item.node.key)) ?? null }));
    return keyed.sort((a, b) => compare(a.value, b.value, sort.descending)).map(({ item }) => item);
  };
  const walk = (item: Item): Item[] => [item, ...ordered(shown(item, folded)).flatMap(walk)];
  return walk(root);
}

function compare(a: Sortable, b: Sortable, descending: boolean): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b);
  return descending ? -order : order;
}
