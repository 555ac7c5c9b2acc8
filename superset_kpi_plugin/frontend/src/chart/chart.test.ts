import { expect, test } from 'vitest';
import type { ChartProps } from '@superset-ui/core';
import { registered } from '../../test/superset-core';
import buildQuery from './buildQuery';
import controlPanel, { validateChosen, validateDay } from './controlPanel';
import { takeForce } from './refresh';
import transformProps from './transformProps';

const props = (formData: object): ChartProps => ({
  width: 800,
  height: 600,
  theme: { colorText: '#000' },
  rawFormData: formData,
  queriesData: [{ data: [] }],
});

test('registers under its key, with an immediate buildQuery: a lazy one breaks Superset 6.0 and older', async () => {
  await import('.');
  expect(registered.kpi_tree).toMatchObject({ metadata: { name: 'KPI Tree', category: 'host KPI', behaviors: ['INTERACTIVE_CHART'] }, buildQuery });
  expect(registered.kpi_tree).not.toHaveProperty('loadBuildQuery');
});

test('the host’s query counts the chosen tree and carries none of the dashboard’s filters', () => {
  const [query, ...others] = buildQuery({ kpi_tree: 'tree-1', slice_id: 7 }).queries;
  expect(others).toEqual([]);
  expect(query).toMatchObject({ columns: [], filters: [{ col: 'uuid', op: '==', val: 'tree-1' }], row_limit: 1, url_params: { a: 'b' } });
  expect(query).not.toHaveProperty('time_range');
  expect(query).not.toHaveProperty('granularity');
  expect(query!.extras).toEqual({});
});

test('a forced refresh is taken once, by its own chart', () => {
  buildQuery({ kpi_tree: 'tree-1', slice_id: 7, force: true });
  expect(takeForce(8)).toBe(false);
  expect(takeForce(7)).toBe(true);
  expect(takeForce(7)).toBe(false);
  buildQuery({ kpi_tree: 'tree-1', slice_id: 7, force: true });
  buildQuery({ kpi_tree: 'tree-1', slice_id: 7, force: false });
  expect(takeForce(7)).toBe(false);
});

test('the view gets what the form data says', () => {
  const given = props({ slice_id: 3, kpi_tree: 'tree-1', kpi_initial_depth: 2, extra_form_data: { time_range: 'Last week' } });
  expect(transformProps(given)).toEqual({
    width: 800,
    height: 600,
    theme: { colorText: '#000' },
    chartId: 3,
    tree: 'tree-1',
    request: { time_range: 'Last week' },
    unsupportedFilters: [],
    initialDepth: 2,
    layout: 'auto',
    history: 12,
    by: '',
    crossFilter: null,
    revision: given.queriesData,
  });
});

test('a dashboard that takes cross-filters gets them, and tells what is chosen', () => {
  const setDataMask = () => undefined;
  const filterState = { column: 'region', selectedValues: ['North'] };
  const given = { ...props({}), hooks: { setDataMask }, filterState };
  expect(transformProps({ ...given, emitCrossFilters: true }).crossFilter).toEqual({
    selected: { column: 'region', member: 'North' },
    emit: setDataMask,
  });
  expect(transformProps({ ...given, emitCrossFilters: false }).crossFilter).toBeNull();
});

test.each([[undefined, 3], [null, 3], ['', 3], ['2', 2], [0, Infinity], ['0', Infinity], ['many', 3], [-1, 3]])(
  'initial depth %j unfolds %d levels',
  (depth, levels) => {
    expect(transformProps(props({ kpi_initial_depth: depth })).initialDepth).toBe(levels);
  },
);

test.each([[undefined, 'auto'], ['icicle', 'icicle'], ['pie', 'auto'], [null, 'auto']])('layout %j is drawn as %s', (layout, drawn) => {
  expect(transformProps(props({ kpi_layout: layout })).layout).toBe(drawn);
});

test.each([[undefined, 12], ['', 12], [0, 0], ['6', 6], [500, 60], [-1, 12], ['x', 12]])('history %j asks for %d periods', (periods, asked) => {
  expect(transformProps(props({ kpi_history: periods })).history).toBe(asked);
});

test('a chart without a tree says so', () => {
  expect(transformProps(props({ kpi_tree: '' })).tree).toBeNull();
  expect(validateChosen(undefined)).toBeTruthy();
  expect(validateChosen('tree-1')).toBe(false);
});

test.each([['', false], [null, false], ['2026-11-21', false], [' 2026-11-21 ', false], ['2026-02-30', true], ['21.11.2026', true], ['2026-11', true]])(
  'as of %j is refused: %s',
  (day, refused) => {
    expect(Boolean(validateDay(day))).toBe(refused);
  },
);

test('the control panel names each control once', () => {
  const names = JSON.stringify(controlPanel()).match(/"name":"(\w+)"/g);
  expect(names).toEqual(
    ['metrics', 'kpi_tree', 'time_range', 'kpi_as_of', 'adhoc_filters', 'kpi_layout', 'kpi_initial_depth', 'kpi_history', 'kpi_by'].map(name => `"name":"${name}"`),
  );
});
