/** What the list is asked for, as it stands in the address. */
import type { Status } from '../../api/types';
import { STATUSES } from '../../tree/status';
import type { ListFilter, ListQuery } from '../api';

export const ORDERS = ['changed_on', 'name', 'published', 'attainment'] as const;
export type Order = (typeof ORDERS)[number];

export interface ListState {
  search: string;
  owner: number | null;
  department: string;
  published: 'yes' | 'no' | null;
  favorite: boolean;
  status: Status | null;
  order: Order;
  descending: boolean;
  /** From 0. */
  page: number;
}

export const PAGE_SIZE = 25;
/** The server tells of no more at once. */
export const MOST_ROWS = 1000;

export const EVERYTHING: ListState = {
  search: '',
  owner: null,
  department: '',
  published: null,
  favorite: false,
  status: null,
  order: 'changed_on',
  descending: true,
  page: 0,
};

export function readListState(search: string): ListState {
  const params = new URLSearchParams(search);
  const one = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find(value => value === params.get(name)) ?? null;
  const whole = (name: string) => {
    const value = Number(params.get(name) ?? NaN);
    return Number.isInteger(value) && value >= 0 ? value : null;
  };
  const order = one('order', ORDERS) ?? EVERYTHING.order;
  return {
    search: params.get('search') ?? '',
    owner: whole('owner'),
    department: params.get('department') ?? '',
    published: one('published', ['yes', 'no'] as const),
    favorite: params.has('favorite'),
    status: one('status', STATUSES),
    order,
    descending: params.has('direction') ? params.get('direction') === 'desc' : firstDirection(order) === 'desc',
    page: Math.max((whole('page') ?? 1) - 1, 0),
  };
}

export function writeListState(state: ListState): string {
  const params = new URLSearchParams();
  if (state.search) params.set('search', state.search);
  if (state.owner !== null) params.set('owner', String(state.owner));
  if (state.department) params.set('department', state.department);
  if (state.published) params.set('published', state.published);
  if (state.favorite) params.set('favorite', '1');
  if (state.status) params.set('status', state.status);
  if (state.order !== EVERYTHING.order) params.set('order', state.order);
  const direction = state.descending ? 'desc' : 'asc';
  if (direction !== firstDirection(state.order)) params.set('direction', direction);
  if (state.page > 0) params.set('page', String(state.page + 1));
  const text = params.toString();
  return text && `?${text}`;
}

/** Which way an order goes at first: the newest change, the first name, the worst attainment. */
export const firstDirection = (order: Order): 'asc' | 'desc' => (order === 'changed_on' || order === 'published' ? 'desc' : 'asc');

/** Whether anything is left out. */
export const isNarrowed = (state: ListState): boolean =>
  Boolean(state.search || state.owner !== null || state.department || state.published || state.favorite || state.status);

/** What only an evaluation tells cannot be asked of the list: then every row is taken, and the page is cut here. */
export const needsNumbers = (state: ListState): boolean => state.status !== null || state.order === 'attainment';

export function queryOf(state: ListState): ListQuery {
  const filters: ListFilter[] = [];
  if (state.search) filters.push({ col: 'name', opr: 'kpi_tree_all_text', value: state.search });
  if (state.owner !== null) filters.push({ col: 'owners', opr: 'rel_m_m', value: state.owner });
  if (state.department) filters.push({ col: 'departments', opr: 'kpi_tree_has_department', value: state.department });
  if (state.published) filters.push({ col: 'published', opr: 'eq', value: state.published === 'yes' });
  if (state.favorite) filters.push({ col: 'id', opr: 'kpi_tree_is_favorite', value: true });
  const here = needsNumbers(state);
  return {
    filters,
    order_column: state.order === 'attainment' ? 'changed_on' : state.order,
    order_direction: state.order === 'attainment' || state.descending ? 'desc' : 'asc',
    page: here ? 0 : state.page,
    page_size: here ? MOST_ROWS : PAGE_SIZE,
  };
}
