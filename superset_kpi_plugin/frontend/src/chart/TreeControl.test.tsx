import React, { useState } from 'react';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerWith } from '../../test/superset-core';
import { setLocale } from '../i18n';
import { TreeControl } from './TreeControl';
import { PAGE_SIZE } from './trees';

const ALL = Array.from({ length: 1500 }, (_, index) => ({ uuid: `u${index}`, name: `Tree ${String(index).padStart(4, '0')}`, slug: `tree-${index}` }));
const asked: string[] = [];

/** The server's list, as it takes its q. */
function list({ endpoint }: { endpoint: string }) {
  const q = decodeURIComponent(endpoint);
  asked.push(q);
  const [, text] = /kpi_tree_all_text,value:'?([^')]*)/.exec(q) ?? [];
  const [, uuid] = /kpi_tree_has_uuid,value:'?([^')]*)/.exec(q) ?? [];
  const page = Number(/page:(\d+)/.exec(q)![1]);
  const found = ALL.filter(tree => (uuid ? tree.uuid === uuid : text ? tree.name.includes(text) : true));
  return Promise.resolve({ json: { count: found.length, result: found.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE) } });
}

beforeEach(() => {
  setLocale('en');
  asked.length = 0;
  answerWith(list);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const chosen: string[] = [];
function Host({ start = null }: { start?: string | null }) {
  const [value, setValue] = useState(start);
  chosen.length = 0;
  return <TreeControl name="kpi_tree" label="KPI tree" value={value} placeholder="Choose a KPI tree" onChange={uuid => { chosen.push(uuid); setValue(uuid); }} />;
}
const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'KPI tree' });
const offered = () => screen.queryAllByRole('option').map(option => option.textContent);
const opened = async () => {
  fireEvent.mouseDown(field());
  await waitFor(() => expect(offered()).toHaveLength(PAGE_SIZE));
};

test('a tree beyond every first page is found by typing its name: the server searches', async () => {
  render(<Host />);
  expect(field().placeholder).toBe('Choose a KPI tree');
  await opened();
  for (const text of ['Tree 1', 'Tree 14', 'Tree 1499']) fireEvent.change(field(), { target: { value: text } });
  await waitFor(() => expect(offered()).toEqual(['Tree 1499']));
  // A moment after the last letter, and not for each of them.
  expect(asked.filter(q => q.includes('all_text'))).toEqual([expect.stringContaining("value:'Tree 1499'")]);
  fireEvent.keyDown(field(), { key: 'Enter' });
  await waitFor(() => expect(field().value).toBe('Tree 1499'));
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field().dataset.value).toBe('u1499');
});

test('who scrolls or walks on reads the next page', async () => {
  render(<Host />);
  await opened();
  fireEvent.scroll(screen.getByRole('listbox'));
  await waitFor(() => expect(offered()).toHaveLength(2 * PAGE_SIZE));
  fireEvent.keyDown(field(), { key: 'ArrowDown' });
  fireEvent.keyDown(field(), { key: 'ArrowDown' });
  fireEvent.keyDown(field(), { key: 'ArrowUp' });
  expect(field().getAttribute('aria-activedescendant')).toBe('kpi-trees-kpi_tree-u1');
});

test('the chosen tree is named wherever it stands in the list, and Escape leaves it as it was', async () => {
  render(<Host start="u1400" />);
  await waitFor(() => expect(field().value).toBe('Tree 1400'));
  fireEvent.keyDown(field(), { key: 'ArrowDown' });
  await waitFor(() => expect(offered()).toHaveLength(PAGE_SIZE));
  expect([field().value, field().placeholder]).toEqual(['', 'Tree 1400']);
  fireEvent.change(field(), { target: { value: 'nothing' } });
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('No tree that you may see is called so'));
  fireEvent.keyDown(field(), { key: 'Escape' });
  expect([field().value, field().dataset.value]).toEqual(['Tree 1400', 'u1400']);
});

test('a tree that this person may not see is said to be so', async () => {
  render(<Host start="hidden" />);
  await waitFor(() => expect(field().value).toBe('A tree you may not see, or that is gone'));
});

test('trees of one name are told apart by their slugs', async () => {
  const twins = ['sales', 'sales-2'].map(slug => ({ uuid: slug, name: 'Sales', slug }));
  answerWith(() => Promise.resolve({ json: { count: 2, result: twins } }));
  render(<Host />);
  fireEvent.mouseDown(field());
  await waitFor(() => expect(offered()).toEqual(['Sales (sales)', 'Sales (sales-2)']));
});

test('what fails can be asked again', async () => {
  answerWith(() => Promise.reject(new Error('down')));
  render(<Host />);
  fireEvent.mouseDown(field());
  const retry = await screen.findByRole('alert');
  answerWith(list);
  await act(async () => void fireEvent.click(retry));
  await waitFor(() => expect(offered()).toHaveLength(PAGE_SIZE));
});
