import { expect, test } from 'vitest';
import { linesOf, treeOf } from '../../../test/drafts';
import { result, sample } from '../../../test/sample';
import { layOut } from '../../tree/layout';
import type { Preview } from '../draft/document';
import { moveNode, setFormula, setKey } from '../draft/edits';
import { follow } from '../draft/follow';
import { stepNode } from '../draft/steps';
import { drawn, marksOf, numbersOf, placeOf } from './drawn';
import { dropAt, type Held } from './drop';

const doc = () => treeOf(['revenue > orders value', 'orders > visits rate', 'value > visits'], { revenue: { formula: 'orders * value' } });
const layout = layOut(drawn(doc(), null).root, new Set());
const card = (id: string) => layout.byId.get(id)!.box;
const at = (id: string, share: number) => ({ x: card(id).x + 20, y: card(id).y + card(id).height * share });
const held = (key: string, parent: string | null): Held[] => [{ key, parent }];

test('a card dropped on the middle of another one goes under it', () => {
  expect(dropAt(doc(), layout, at('value', 0.5), held('rate', 'orders'), false)).toMatchObject({ parent: 'value', kind: 'into', problem: null });
  expect(dropAt(doc(), layout, { x: -500, y: -500 }, held('rate', 'orders'), false)).toBeNull();
});

test('a card dropped at the edge of another one goes beside it', () => {
  const before = dropAt(doc(), layout, at('visits', 0.05), held('rate', 'orders'), false);
  expect(before).toMatchObject({ parent: 'orders', at: 0, kind: 'between', problem: null });
  expect(linesOf(moveNode(doc(), 'rate', 'orders', 'orders', before!.at))).toContain('orders > rate visits');
  // The place is counted without the card that leaves its own.
  expect(dropAt(doc(), layout, at('rate', 0.95), held('visits', 'orders'), false)).toMatchObject({ parent: 'orders', at: 1 });
});

test('in a tree from the top down, siblings stand to the left and right', () => {
  const down = layOut(drawn(doc(), null).root, new Set(), 'down');
  const box = down.byId.get('visits')!.box;
  const point = (share: number) => ({ x: box.x + box.width * share, y: box.y + 20 });
  const drop = (share: number) => dropAt(doc(), down, point(share), held('rate', 'orders'), false, 'down');
  expect(drop(0.05)).toMatchObject({ parent: 'orders', at: 0, kind: 'between', problem: null });
  expect(drop(0.05)!.box).toMatchObject({ y: box.y, height: box.height });
  expect(drop(0.5)).toMatchObject({ parent: 'visits', kind: 'into' });
});

test('nothing is dropped where that would be a circle, nor is the KGI moved', () => {
  expect(dropAt(doc(), layout, at('visits', 0.5), held('orders', 'revenue'), false)?.problem).toContain('circle');
  expect(dropAt(doc(), layout, at('value', 0.5), held('revenue', null), false)?.problem).toContain('KGI');
  expect(dropAt(doc(), layout, at('orders', 0.5), held('rate', 'orders'), true)?.problem).toContain('already');
});

test('a draft is drawn as the chart draws a tree, and an operator once the server has read the formula', () => {
  const evaluation = sample();
  const outline = drawn(treeOf(['revenue > orders value satisfaction'], { revenue: { formula: 'orders / value' } }), evaluation);
  const links = () => outline.root!.children.map(({ link }) => [link!.child, link!.kind, link!.operator]);
  expect(links()).toEqual([['orders', 'component', null], ['value', 'component', null], ['satisfaction', 'influence', null]]);
  evaluation.tree.nodes[0]!.formula = 'orders * value';
  const known = drawn(treeOf(['revenue > orders value satisfaction'], { revenue: { formula: 'orders * value' } }), evaluation);
  expect(known.root!.children.map(({ link }) => link!.operator)).toEqual(['*', '*', null]);
});

test('a node keeps its numbers through a change of its key', () => {
  const before = treeOf(['revenue > orders'], {});
  const evaluation = { ...sample(), nodes: { orders: result('on_track', { actual: 7 }) } };
  evaluation.tree.nodes = evaluation.tree.nodes.map(node => ({ ...node, uuid: `u-${node.key}` }));
  const after = setKey(before, 'orders', 'sales');
  expect(numbersOf(after, evaluation)('sales').result?.actual).toBe(7);
  expect(numbersOf(after, null)('sales').result).toBeUndefined();
});

test('a node is marked by the worst that is said of it', () => {
  const preview: Preview = {
    evaluation: null,
    errors: { 'nodes.revenue.formula': ['Wrong.'], 'links.1.expected_sign': ['Missing.'], slug: ['Taken.'] },
    findings: [{ code: 'no_unit', severity: 'warning', nodes: ['revenue', 'rate'], field: 'unit', message: 'No unit.', todo: '', since: null, fixes: [] }],
    proof: null,
  };
  const marks = marksOf(doc(), preview);
  expect(marks.get('revenue')).toEqual({ severity: 'error', messages: ['Wrong.', 'No unit.'] });
  expect(marks.get('value')).toEqual({ severity: 'error', messages: ['Missing.'] });
  expect(marks.get('rate')?.severity).toBe('warning');
  expect(placeOf(doc(), 'nodes.revenue.targets.0.value')).toEqual({ key: 'revenue', field: 'targets' });
  expect(placeOf(doc(), 'slug')).toEqual({ key: null, field: 'slug' });
});

test('what is chosen stays so through keys that change, and goes with nodes that do', () => {
  const renamed = setKey(doc(), 'value', 'basket');
  expect(follow(['value', 'value→visits', 'orders'], doc(), renamed)).toEqual(['basket', 'basket→visits', 'orders']);
  expect(follow(['value', 'new'], renamed, treeOf(['revenue > new']))).toEqual(['new']);
});

test('a step moves a node among its siblings, under the one above, or a level up', () => {
  expect(linesOf(stepNode(doc(), 'value', 'revenue', 'up'))).toContain('revenue > value orders');
  expect(linesOf(stepNode(doc(), 'rate', 'orders', 'in'))).toContain('visits > rate');
  expect(linesOf(stepNode(doc(), 'visits', 'orders', 'out'))).toEqual(expect.arrayContaining(['revenue > orders visits value', 'orders > rate', 'value > visits']));
  const start = doc();
  expect(stepNode(start, 'orders', 'revenue', 'up')).toBe(start);
  expect(stepNode(start, 'orders', 'revenue', 'out')).toBe(start);
  expect(linesOf(setFormula(start, 'rate', 'value'))).toContain('rate > value');
});
