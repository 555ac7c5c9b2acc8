import type { AdhocFilter } from '@superset-ui/core';
import { expect, test } from 'vitest';
import { requestFromFormData } from './request';

const temporal = (comparator: string): AdhocFilter => ({
  expressionType: 'SIMPLE', clause: 'WHERE', subject: 'ds', operator: 'TEMPORAL_RANGE', comparator,
});
const region: AdhocFilter = {
  expressionType: 'SIMPLE', clause: 'WHERE', subject: 'region', operator: 'IN', comparator: ['North'],
};

test('asks nothing special where nothing is set', () => {
  expect(requestFromFormData({}).request).toEqual({});
  expect(requestFromFormData({ time_range: 'No filter', kpi_as_of: '', adhoc_filters: [temporal('No filter')] }).request).toEqual({});
});

test('the dashboard’s time range goes before the chart’s own, and that before a filter on time', () => {
  const own = { time_range: 'Last month', adhoc_filters: [temporal('Last week')] };
  expect(requestFromFormData({ ...own, extra_form_data: { time_range: 'Last quarter' } }).request.time_range).toBe('Last quarter');
  expect(requestFromFormData({ ...own, extra_form_data: { time_range: 'No filter' } }).request.time_range).toBe('Last month');
  expect(requestFromFormData(own).request.time_range).toBe('Last month');
  expect(requestFromFormData({ ...own, time_range: 'No filter' }).request.time_range).toBe('Last week');
});

test('a time filter is a time range and no filter, wherever it comes from', () => {
  const { request } = requestFromFormData({ extra_form_data: { filters: [{ col: 'ds', op: 'TEMPORAL_RANGE', val: 'Last year' }] } });
  expect(request).toEqual({ time_range: 'Last year' });
});

test('collects the chart’s and the dashboard’s filters', () => {
  const { request } = requestFromFormData({
    adhoc_filters: [region, { expressionType: 'SIMPLE', clause: 'WHERE', subject: 'deleted', operator: 'IS NULL' }],
    extra_form_data: { filters: [{ col: 'channel', op: 'IN', val: ['web'] }], adhoc_filters: [{ ...region, subject: 'country' }] },
  });
  expect(request.filters).toEqual([
    { col: 'region', op: 'IN', val: ['North'] },
    { col: 'deleted', op: 'IS NULL' },
    { col: 'country', op: 'IN', val: ['North'] },
    { col: 'channel', op: 'IN', val: ['web'] },
  ]);
});

test('names the filters that no evaluation can take', () => {
  const { request, unsupported } = requestFromFormData({
    adhoc_filters: [
      { expressionType: 'SQL', clause: 'WHERE', sqlExpression: "region = 'North'" },
      { ...region, clause: 'HAVING' },
    ],
  });
  expect(request).toEqual({});
  expect(unsupported).toEqual(["region = 'North'", 'region IN']);
});

test('passes the as-of day on, without the spaces around it', () => {
  expect(requestFromFormData({ kpi_as_of: ' 2026-11-21 ' }).request).toEqual({ as_of: '2026-11-21' });
});
