import { expect, test } from 'vitest';
import { link, node, sample } from '../../test/sample';
import { buildOutline, descend } from './outline';

test('reads depth first in the order of the links', () => {
  const { root } = buildOutline(sample().tree);
  expect(descend(root).map(item => item.id)).toEqual([
    'revenue', 'orders', 'visits', 'value', 'satisfaction', 'satisfaction→visits',
  ]);
});

test('draws a node with two parents once, and refers to it under the other', () => {
  const items = descend(buildOutline(sample().tree).root).filter(item => item.node.key === 'visits');
  expect(items.map(({ kind, parent }) => [kind, parent?.id])).toEqual([['node', 'orders'], ['reference', 'satisfaction']]);
});

test('does not depend on the order in which nodes and links are listed', () => {
  const { tree } = sample();
  const shuffled = { ...tree, nodes: [...tree.nodes].reverse(), links: [...tree.links].reverse() };
  const ids = (given: typeof tree) => descend(buildOutline(given).root).map(item => item.id);
  expect(ids(shuffled)).toEqual(ids(tree));
});

test('ends on a cycle, which only a broken answer has', () => {
  const tree = { root: 'a', nodes: [node('a'), node('b')], links: [link('a', 'b', 0, '+'), link('b', 'a', 0, '+')] };
  expect(descend(buildOutline(tree).root).map(item => item.id)).toEqual(['a', 'b', 'b→a']);
});

test('has no root where there are no nodes', () => {
  expect(buildOutline({ root: '', nodes: [], links: [] }).root).toBeNull();
});
