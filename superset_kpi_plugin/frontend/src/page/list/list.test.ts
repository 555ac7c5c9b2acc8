import { expect, test } from 'vitest';
import { sample } from '../../../test/sample';
import type { Evaluation, Status } from '../../api/types';
import type { TreeRow } from '../api';
import type { Viewer } from '../bootstrap';
import { viewerOf } from '../bootstrap';
import { chosen, Figures, goalOf, type Figure } from './figures';
import { EVERYTHING, isNarrowed, needsNumbers, queryOf, readListState, writeListState, type ListState } from './listState';
import { mayEdit, mayStart } from './rights';

const row = (name: string): TreeRow => ({ id: name.charCodeAt(0), uuid: name, version: 1, name }) as TreeRow;

test('what the list is asked for stands in the address, and comes back from it', () => {
  const state: ListState = {
    search: 'a b', owner: 3, department: 'Sales', published: 'no', favorite: true, status: 'at_risk', order: 'name', descending: true, page: 2,
  };
  expect(readListState(writeListState(state))).toEqual(state);
  expect(writeListState(EVERYTHING)).toBe('');
  expect(readListState('')).toEqual(EVERYTHING);
  expect(readListState('?page=x&owner=-1&order=up&status=fine&published=maybe')).toEqual(EVERYTHING);
});

test('the server filters, sorts and cuts pages, but for what only an evaluation tells', () => {
  const query = queryOf({ ...EVERYTHING, search: 'x', owner: 3, department: 'Sales', published: 'yes', favorite: true, page: 2 });
  expect(query.filters.map(({ col, opr }) => `${col} ${opr}`)).toEqual([
    'name kpi_tree_all_text', 'owners rel_m_m', 'departments kpi_tree_has_department', 'published eq', 'id kpi_tree_is_favorite',
  ]);
  expect([query.page, query.page_size]).toEqual([2, 25]);
  const worst: ListState = { ...EVERYTHING, order: 'attainment', page: 2 };
  expect(needsNumbers(worst)).toBe(true);
  expect([queryOf(worst).page, queryOf(worst).page_size]).toEqual([0, 1000]);
  expect(isNarrowed(worst)).toBe(false);
  expect(isNarrowed({ ...EVERYTHING, status: 'at_risk' })).toBe(true);
});

test('asks for few trees at once, for each once, and not for those that are out of sight', async () => {
  const asked: string[] = [];
  const answers: ((evaluation: Evaluation) => void)[] = [];
  const figures = new Figures(tree => new Promise(resolve => void (asked.push(tree), answers.push(resolve))), 2);
  for (const name of ['a', 'b', 'c', 'd', 'a']) figures.want(row(name));
  expect(asked).toEqual(['a', 'b']);
  figures.leave(row('c'));
  answers[0]!(sample());
  await Promise.resolve().then(() => undefined);
  expect(figures.of(row('a'))).toMatchObject({ state: 'ready', goal: { attainment: 0.7, status: 'off_track' } });
  expect(asked).toEqual(['a', 'b', 'd']);
  figures.want(row('a'));
  expect(asked).toHaveLength(3);
});

test('a failed tree is asked again only when it is retried', async () => {
  let failing = true;
  const figures = new Figures(() => (failing ? Promise.reject(new Error('down')) : Promise.resolve(sample())));
  const told = new Promise<void>(resolve => figures.subscribe(resolve));
  figures.want(row('a'));
  await told;
  expect(figures.of(row('a'))).toMatchObject({ state: 'failed', error: { message: 'Error: down' } });
  failing = false;
  const again = new Promise<void>(resolve => figures.subscribe(() => figures.of(row('a')).state === 'ready' && resolve()));
  figures.retry(row('a'));
  await again;
  expect(figures.of(row('a')).state).toBe('ready');
});

test('the goal is the root’s own attainment, and its reason where there is none', () => {
  const evaluation = sample();
  expect(goalOf(evaluation)).toMatchObject({ attainment: 0.7, node: { key: 'revenue' }, open: true });
  evaluation.tree.root = 'value';
  expect(goalOf(evaluation)).toMatchObject({ attainment: null, status: 'no_data', reason: { message: 'No rows in November.' } });
});

test('sorts by attainment with what has none last, and keeps one status', () => {
  const figure = (attainment: number | null, status: Status): Figure => ({ state: 'ready', goal: { attainment, status } as never });
  const known: Record<string, Figure> = { a: figure(0.9, 'at_risk'), b: figure(null, 'no_data'), c: figure(0.2, 'off_track'), d: { state: 'waiting' } };
  const rows = ['a', 'b', 'c', 'd'].map(row);
  const of = ({ uuid }: TreeRow) => known[uuid]!;
  const names = (found: TreeRow[]) => found.map(({ name }) => name).join('');
  expect(names(chosen(rows, of, null, 'asc'))).toBe('cabd');
  expect(names(chosen(rows, of, null, 'desc'))).toBe('acbd');
  expect(names(chosen(rows, of, 'off_track', null))).toBe('c');
});

test('owners and admins edit who may write; nobody else', () => {
  const writes: [string, string][] = [['can_write', 'KpiTree']];
  const viewer = (roles: Record<string, [string, string][]>): Viewer => viewerOf({ user: { userId: 1, roles } });
  expect(mayEdit(viewer({ Admin: writes }), [])).toBe(true);
  expect(mayEdit(viewer({ Alpha: writes }), [{ id: 1 }])).toBe(true);
  expect(mayEdit(viewer({ Alpha: writes }), [{ id: 2 }])).toBe(false);
  expect(mayEdit(viewer({ Gamma: [['can_read', 'KpiTree']] }), [{ id: 1 }])).toBe(false);
  expect(mayStart(viewer({ Gamma: [] }))).toBe(false);
});
