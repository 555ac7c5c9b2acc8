import { expect, test } from 'vitest';
import { linesOf, problemsOf, randomEdit, seeded, target, treeOf } from '../../../test/drafts';
import type { TreeDoc } from './document';
import { addChild, link, moveNode, newNode, renameNode, setFormula, setKey, setLink, setNode, setTree } from './edits';
import { merge, type Choices, type Side } from './merge';
import { deleteNodes } from './remove';
import { same } from './same';
import { nodeOf, parentsOf } from './structure';

const JAN = ['2026-01-01', '2026-02-01'] as const;
const FEB = ['2026-02-01', '2026-03-01'] as const;

const base = (): TreeDoc =>
  treeOf(['revenue > orders value', 'orders > visits rate'], {
    revenue: { formula: 'orders * value', targets: [target(...JAN, 100), target(...FEB, 200)] },
    orders: { formula: 'visits * rate' },
  });

/** Their document is a version further. */
const theirs = (change: (doc: TreeDoc) => TreeDoc): TreeDoc => ({ ...change(base()), version: 2 });
const paths = (mine: TreeDoc, other: TreeDoc) => merge(base(), mine, other).clashes.map(({ path }) => path);
const merged = (mine: TreeDoc, other: TreeDoc, choices: Choices = {}) => merge(base(), mine, other).resolve(choices).doc;

test('changes of different nodes, fields and rows go together', () => {
  const mine = setNode(renameNode(base(), 'value', 'Basket'), 'revenue', { unit: 'EUR', targets: [target(...JAN, 110), target(...FEB, 200)] });
  const other = theirs(doc => setNode(doc, 'revenue', { department: 'Sales', targets: [target(...JAN, 100), target(...FEB, 220)] }));
  expect(paths(mine, other)).toEqual([]);
  const both = merged(mine, other);
  expect(nodeOf(both, 'value')?.name).toBe('Basket');
  expect(nodeOf(both, 'revenue')).toMatchObject({ unit: 'EUR', department: 'Sales', targets: [{ value: 110 }, { value: 220 }] });
  expect(both.version).toBe(2);
  expect(merge(base(), mine, other)).toMatchObject({ mine: 3, theirs: 2 });
});

test('what both changed differently is shown, and either can be taken', () => {
  const mine = setTree(setNode(base(), 'revenue', { targets: [target(...JAN, 110)] }), { name: 'Mine' });
  const other = theirs(doc => setTree(setNode(doc, 'revenue', { targets: [target(...JAN, 120), target(...FEB, 230)] }), { name: 'Theirs' }));
  const row = `node/u-revenue/targets/${FEB.join(' ')}`;
  expect(paths(mine, other).sort()).toEqual([row, `node/u-revenue/targets/${JAN.join(' ')}`, 'tree/name'].sort());
  expect(merge(base(), mine, other).clashes.find(({ path }) => path === row)).toMatchObject({ mine: undefined, theirs: { value: 230 } });
  expect(merged(mine, other)).toMatchObject({ name: 'Mine' });
  expect(nodeOf(merged(mine, other), 'revenue')?.targets).toEqual([target(...JAN, 110)]);
  const chosen = merged(mine, other, { 'tree/name': 'theirs', [row]: 'theirs' });
  expect(chosen.name).toBe('Theirs');
  expect(nodeOf(chosen, 'revenue')?.targets.map(({ value }) => value)).toEqual([110, 230]);
});

test('the same change is no clash', () => {
  const mine = renameNode(base(), 'value', 'Basket');
  expect(paths(mine, theirs(doc => renameNode(doc, 'value', 'Basket')))).toEqual([]);
});

test('a key that one changed and a formula that the other wrote go together', () => {
  const mine = setKey(base(), 'visits', 'sessions');
  const other = theirs(doc => setFormula(doc, 'orders', 'visits * rate * 2'));
  expect(paths(mine, other)).toEqual([]);
  expect(nodeOf(merged(mine, other), 'orders')?.formula).toBe('sessions * rate * 2');
});

test('two new KPIs of the same name both stay', () => {
  const mine = addChild(base(), 'value', newNode(base(), { name: 'Price' }));
  const other = theirs(doc => addChild(doc, 'value', newNode(doc, { name: 'Price' })));
  const both = merged(setFormula(mine, 'value', 'price'), other);
  expect(linesOf(both)).toContain('value > price price_2');
  expect(nodeOf(both, 'value')?.formula).toBe('price_2');
});

test('a KPI that one deleted and the other changed is asked for', () => {
  const mine = deleteNodes(base(), ['orders']);
  const other = theirs(doc => renameNode(doc, 'orders', 'Sales orders'));
  expect(paths(mine, other)).toEqual(['node/u-orders']);
  expect(linesOf(merged(mine, other))).toEqual(['revenue > value']);
  const kept = merged(mine, other, { 'node/u-orders': 'theirs' });
  expect(nodeOf(kept, 'orders')?.name).toBe('Sales orders');
  expect(linesOf(kept)).toContain('revenue > orders value');
  const turned = merge(base(), { ...other, version: 1 }, { ...mine, version: 2 });
  expect(turned.clashes.map(({ path }) => path)).toEqual(['node/u-orders']);
  expect(nodeOf(turned.resolve({}).doc, 'orders')?.name).toBe('Sales orders');
  expect(nodeOf(turned.resolve({ 'node/u-orders': 'theirs' }).doc, 'orders')).toBeUndefined();
});

test('a KPI that one deleted and the other did not touch is gone', () => {
  const both = merged(deleteNodes(base(), ['orders']), theirs(doc => renameNode(doc, 'value', 'Basket')));
  expect(linesOf(both)).toEqual(['revenue > value']);
  expect(both.nodes.map(({ key }) => key)).toEqual(['revenue', 'value']);
});

test('what hung from a deleted KPI moves to who stands above', () => {
  const mine = addChild(base(), 'rate', newNode(base(), { name: 'Price' }));
  const other = theirs(doc => deleteNodes(doc, ['orders']));
  const found = merge(base(), mine, other);
  expect(found.clashes.map(({ path }) => path)).toEqual(['node/u-rate']);
  const { doc, moved } = found.resolve({ 'node/u-rate': 'theirs' });
  expect(linesOf(doc)).toEqual(['revenue > value price']);
  expect(moved.map(({ node, parent }) => [node.key, parent.key])).toEqual([['price', 'revenue']]);
});

test('two moves of the same KPI clash; two further parents do not', () => {
  const to = (doc: TreeDoc, parent: string) => moveNode(doc, 'rate', 'orders', parent);
  expect(paths(to(base(), 'value'), theirs(doc => to(doc, 'revenue')))).toEqual(['node/u-rate/parents']);
  expect(parentsOf(merged(to(base(), 'value'), theirs(doc => to(doc, 'revenue'))), 'rate')).toEqual(['value']);
  const both = merged(link(base(), 'value', 'rate'), theirs(doc => link(doc, 'revenue', 'rate')));
  expect(parentsOf(both, 'rate').sort()).toEqual(['orders', 'revenue', 'value']);
});

test('moves that would make a circle together do not', () => {
  const mine = moveNode(base(), 'orders', 'revenue', 'value');
  const other = theirs(doc => moveNode(doc, 'value', 'revenue', 'orders'));
  expect(paths(mine, other)).toEqual([]);
  const { doc, moved } = merge(base(), mine, other).resolve({});
  expect(problemsOf(doc)).toEqual([]);
  expect(moved.map(({ node }) => node.key)).toEqual(['orders']);
});

test('an order that I changed stays, with what they put in where they put it', () => {
  const mine = moveNode(base(), 'value', 'revenue', 'revenue', 0);
  const other = theirs(doc => addChild(doc, 'revenue', newNode(doc, { name: 'Loyalty' }), 1));
  expect(linesOf(merged(mine, other))).toContain('revenue > value orders loyalty');
});

test('weights go together link by link', () => {
  const mine = setLink(base(), 'revenue', 'orders', { weight: 2 });
  const other = theirs(doc => setLink(doc, 'revenue', 'orders', { weight: 3, lag: 1 }));
  expect(paths(mine, other)).toEqual(['link/u-revenue/u-orders/weight']);
  const chosen = merged(mine, other, { 'link/u-revenue/u-orders/weight': 'theirs' });
  expect(chosen.links[0]).toMatchObject({ weight: 3, lag: 1 });
});

test.each(Array.from({ length: 60 }, (_, seed) => seed))('random changes of both merge into a tree (seed %i)', seed => {
  const random = seeded(seed);
  const changed = (times: number) => {
    let doc = base();
    for (let count = 0; count < times; count += 1) doc = randomEdit(random, doc)(doc);
    return doc;
  };
  const [mine, other] = [changed(6), { ...changed(6), version: 2 }];
  const found = merge(base(), mine, other);
  for (const side of ['mine', 'theirs'] as Side[]) {
    const choices = Object.fromEntries(found.clashes.map(({ path }) => [path, side]));
    expect(problemsOf(found.resolve(choices).doc)).toEqual([]);
  }
  // Who changed nothing takes over what the other did, and nobody is asked.
  const sorted = (doc: TreeDoc) => ({ ...doc, nodes: [...doc.nodes].sort((a, b) => (a.uuid < b.uuid ? -1 : 1)), links: linesOf(doc).sort() });
  for (const [one, two, result] of [[base(), other, other], [mine, { ...base(), version: 2 }, { ...mine, version: 2 }]] as const) {
    const lone = merge(base(), one, two);
    expect(lone.clashes).toEqual([]);
    expect(same(sorted(lone.resolve({}).doc), sorted(result))).toBe(true);
  }
});
