import React from 'react';
import { cleanup, fireEvent, render, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { answerWith } from '../../test/superset-core';
import { chosenTree, ColumnControl } from './ColumnControl';

afterEach(cleanup);
const field = () => document.querySelector<HTMLInputElement>('[data-test="kpi-column-control"]')!;
const offered = () => [...document.querySelectorAll('option')].map(({ value }) => value);

test('offers the columns of the tree’s datasets, and takes one at once', async () => {
  answerWith(({ endpoint }) => Promise.resolve({ json: { result: endpoint.includes('tree-1') ? [{ column: 'region', label: 'Region', datasets: [], nodes: 3 }] : [] } }));
  const chosen: string[] = [];
  const { rerender } = render(<ColumnControl name="kpi_by" value="" tree="tree-1" onChange={column => chosen.push(column)} />);
  await waitFor(() => expect(offered()).toEqual(['region']));
  fireEvent.change(field(), { target: { value: 'reg' } });
  expect(chosen).toEqual([]);
  fireEvent.change(field(), { target: { value: 'region' } });
  expect(chosen).toEqual(['region']);
  rerender(<ColumnControl name="kpi_by" value="region" tree="tree-2" onChange={column => chosen.push(column)} />);
  await waitFor(() => expect(offered()).toEqual([]));
});

test('where the columns cannot be had, one is typed in', async () => {
  answerWith(() => Promise.reject(new Error('down')));
  const chosen: string[] = [];
  render(<ColumnControl name="kpi_by" value="" tree="tree-1" onChange={column => chosen.push(column)} />);
  fireEvent.change(field(), { target: { value: ' team ' } });
  fireEvent.blur(field());
  await waitFor(() => expect(chosen).toEqual(['team']));
});

test('the tree is the one that is chosen now, else the one that was saved', () => {
  expect(chosenTree({ controls: { kpi_tree: { value: 'b' } }, form_data: { kpi_tree: 'a' } })).toEqual({ tree: 'b' });
  expect(chosenTree({ form_data: { kpi_tree: 'a' } })).toEqual({ tree: 'a' });
});
