import { expect, test } from 'vitest';
import { sample } from '../../test/sample';
import { facetsOf, isFiltering, matching, NO_FILTER, prune } from './filter';
import { buildOutline } from './outline';

const { tree, nodes: results } = sample();
const ada = { id: 1, first_name: 'Ada', last_name: 'Admin' };
const nodes = tree.nodes.map(node => (node.key === 'visits' ? { ...node, owner: ada, department: 'Web' } : node));

test('nothing asked for filters nothing', () => {
  expect(isFiltering(NO_FILTER)).toBe(false);
  expect(matching(nodes, results, NO_FILTER)).toBeNull();
});

test('any of one list, and all of the lists', () => {
  const asked = (filter: object) => [...matching(nodes, results, { ...NO_FILTER, ...filter })!];
  expect(asked({ statuses: ['achieved', 'no_data'] })).toEqual(['value', 'visits']);
  expect(asked({ statuses: ['achieved'], owners: ['Ada Admin'] })).toEqual(['visits']);
  expect(asked({ statuses: ['off_track'], departments: ['Web'] })).toEqual([]);
});

test('what does not match stays where it leads to a match, by every path', () => {
  const kept = prune(tree, new Set(['visits']));
  expect(kept.nodes.map(({ key }) => key)).toEqual(['revenue', 'orders', 'satisfaction', 'visits']);
  expect(buildOutline(kept).root!.children.map(item => item.node.key)).toEqual(['orders', 'satisfaction']);
  expect(prune(tree, new Set()).nodes.map(({ key }) => key)).toEqual(['revenue']);
});

test('tells what there is to ask for, statuses in their own order', () => {
  const facets = facetsOf(nodes, results);
  expect(facets.statuses.map(({ value }) => value)).toEqual(['achieved', 'on_track', 'off_track', 'no_target', 'no_data']);
  expect(facets.owners).toEqual([{ value: 'Ada Admin', count: 1 }]);
  expect(facets.departments).toEqual([{ value: 'Web', count: 1 }]);
});
