import { expect, test } from 'vitest';
import { linesOf, problemsOf, randomEdit, seeded, target, treeOf } from '../../../test/drafts';
import { addBranch, copyBranch, fitBranch, readBranch, writeBranch } from './branch';
import { readTree, type TreeDoc } from './document';
import { addChild, addSibling, blankTree, link, linkProblem, moveNode, moveProblem, newNode, renameNode, setFormula, setKey, setLink, setNode, setSource, setTree, unlink, unlinkProblem, unnamedTree } from './edits';
import { begin, edit, redo, redoable, undo, undoable } from './history';
import { freeKey, keyFor } from './keys';
import { keptFormula } from './formula';
import { bereftOf, deleteNodes, dependentsOf } from './remove';
import { nodeOf, rootOf } from './structure';

const shop = (): TreeDoc =>
  treeOf(['revenue > orders value loyalty', 'orders > visits rate', 'loyalty > visits'], {
    revenue: { formula: 'orders * value' },
    orders: { formula: 'visits*rate', targets: [target('2026-01-01', '2026-02-01', 5)] },
  });

test('a new KPI takes the key that its name gives, or the first free number', () => {
  expect(keyFor('Giá trị đơn hàng')).toBe('gia_tri_don_hang');
  expect(keyFor('2nd orders (web)')).toBe('nd_orders_web');
  expect(keyFor('売上')).toBe('');
  expect(freeKey(new Set(['orders']), 'orders')).toBe('orders_2');
  expect(freeKey(new Set(['kpi_1']), '')).toBe('kpi_2');
  expect(freeKey(new Set(['x'.repeat(63)]), 'x'.repeat(63))).toHaveLength(63);
  expect(newNode(shop(), { name: 'Orders' }).key).toBe('orders_2');
});

test('children and siblings stand where they are put', () => {
  const doc = shop();
  expect(linesOf(addChild(doc, 'revenue', newNode(doc, { name: 'A' }), 1))).toContain('revenue > orders a value loyalty');
  expect(linesOf(addSibling(doc, 'revenue', 'value', newNode(doc, { name: 'A' })))).toContain('revenue > orders value a loyalty');
  expect(linesOf(addChild(doc, 'value', newNode(doc, { name: 'A' })))).toContain('value > a');
  expect(addChild(doc, 'nowhere', newNode(doc))).toBe(doc);
});

test('the first name of a KPI gives it its key; a later one does not', () => {
  const doc = addChild(shop(), 'value', newNode(shop()));
  const named = renameNode(doc, 'kpi_1', 'Basket size');
  expect(nodeOf(named, 'basket_size')?.name).toBe('Basket size');
  expect(nodeOf(renameNode(named, 'basket_size', 'Basket'), 'basket_size')?.name).toBe('Basket');
  expect(renameNode(doc, 'kpi_1', '  ')).toBe(doc);
});

test('a key changes in the formulas and links that name it as well', () => {
  const doc = setKey(shop(), 'visits', 'sessions');
  expect(nodeOf(doc, 'orders')?.formula).toBe('sessions*rate');
  expect(linesOf(doc)).toEqual(expect.arrayContaining(['orders > sessions rate', 'loyalty > sessions']));
  expect(setKey(doc, 'rate', 'sessions')).toBe(doc);
  expect(setKey(doc, 'rate', 'Rate')).toBe(doc);
});

test('a formula brings the KPIs that it names under its KPI, unless that makes a circle', () => {
  const doc = setFormula(shop(), 'value', 'visits / rate + revenue + nothing');
  expect(linesOf(doc)).toContain('value > visits rate');
  expect(nodeOf(doc, 'value')?.formula).toBe('visits / rate + revenue + nothing');
  expect(nodeOf(setFormula(doc, 'value', ' '), 'value')?.formula).toBeNull();
});

test('a KPI stands under several parents, but never under itself or twice', () => {
  const doc = shop();
  expect(linkProblem(doc, 'value', 'rate')).toBeNull();
  expect(linesOf(link(doc, 'value', 'rate'))).toEqual(expect.arrayContaining(['orders > visits rate', 'value > rate']));
  expect(linkProblem(doc, 'rate', 'rate')).toContain('itself');
  expect(linkProblem(doc, 'orders', 'rate')).toContain('already');
  expect(linkProblem(doc, 'visits', 'revenue')).toContain('circle');
  expect(link(doc, 'visits', 'revenue')).toBe(doc);
  expect(linesOf(unlink(doc, 'loyalty', 'visits'))).not.toContain('loyalty > visits');
  expect(unlinkProblem(doc, 'orders', 'rate')).toContain('only parent');
  expect(unlink(doc, 'orders', 'rate')).toBe(doc);
});

test('a KPI moves with its branch and the weight of its link', () => {
  const weighted = setLink(shop(), 'revenue', 'orders', { weight: 3 });
  const doc = moveNode(weighted, 'orders', 'revenue', 'loyalty', 0);
  expect(linesOf(doc)).toEqual(expect.arrayContaining(['revenue > value loyalty', 'loyalty > orders visits', 'orders > visits rate']));
  expect(doc.links.find(({ child }) => child === 'orders')?.weight).toBe(3);
  expect(linesOf(moveNode(doc, 'value', 'revenue', 'revenue', 1))).toContain('revenue > loyalty value');
  expect(moveProblem(doc, 'revenue', null, 'value')).toContain('KGI');
  expect(moveProblem(doc, 'orders', 'loyalty', 'rate')).toContain('circle');
  expect(moveNode(doc, 'orders', 'loyalty', 'loyalty', 0)).toBe(doc);
});

test('the first name of the KGI names a tree that has none yet', () => {
  const fresh = readTree({ name: unnamedTree(), nodes: [{ key: 'kpi_1', name: 'New KGI' }] });
  expect(renameNode(fresh, 'kpi_1', 'Revenue')).toMatchObject({ name: 'Revenue', nodes: [{ key: 'revenue' }] });
  expect(renameNode(setTree(fresh, { name: 'Shop' }), 'kpi_1', 'Revenue').name).toBe('Shop');
  expect(renameNode(renameNode(fresh, 'kpi_1', 'Revenue'), 'revenue', 'Sales').name).toBe('Revenue');
});

test('a formula goes on without what is deleted, where it can', () => {
  const sum = setFormula(shop(), 'revenue', 'orders + value - loyalty');
  expect(bereftOf(sum, ['loyalty'], 'goes').map(({ node, without }) => [node.key, without])).toEqual([['revenue', 'orders + value']]);
  expect(nodeOf(deleteNodes(sum, ['loyalty']), 'revenue')?.formula).toBe('orders + value');
  // What moves up takes the place of what was made of it.
  expect(nodeOf(deleteNodes(shop(), ['orders'], 'moves up'), 'revenue')?.formula).toBe('visits * rate * value');
});

test('where only a person can say, the source is left open and the formula kept to be mended', () => {
  const left = nodeOf(deleteNodes(shop(), ['value']), 'revenue')!;
  expect(left).toMatchObject({ formula: null, metric: null, source: 'metric' });
  expect(keptFormula(left.description)).toBe('orders * value');
  const measured = nodeOf(deleteNodes(setSource(shop(), 'revenue', 'manual'), ['value']), 'revenue')!;
  expect(measured).toMatchObject({ formula: null, source: 'manual' });
  const sum = setFormula(shop(), 'revenue', 'orders + value');
  expect(nodeOf(deleteNodes(sum, ['value'], 'goes', new Set(['revenue'])), 'revenue')?.formula).toBeNull();
  expect(keptFormula('See `Sales` and `42`')).toBeNull();
});

test('what would go with a deleted KPI is told before', () => {
  const doc = shop();
  const told = dependentsOf(doc, ['orders', 'revenue']);
  expect(told.keys).toEqual(['orders']);
  expect(told.orphans.map(({ key }) => key)).toEqual(['rate']);
  expect(told.targets).toBe(1);
  const gone = deleteNodes(doc, ['orders']);
  expect(linesOf(gone)).toEqual(['revenue > value loyalty', 'loyalty > visits']);
  expect(linesOf(deleteNodes(doc, ['orders'], 'moves up'))).toContain('revenue > visits rate value loyalty');
  expect(deleteNodes(doc, ['revenue'])).toBe(doc);
  expect(dependentsOf(doc, ['orders', 'loyalty']).orphans.map(({ key }) => key).sort()).toEqual(['rate', 'visits']);
});

test('a branch is pasted with keys of its own, and its formulas follow', () => {
  const doc = shop();
  const pasted = addBranch(doc, 'loyalty', fitBranch(doc, copyBranch(doc, ['orders', 'visits'])), 0);
  expect(linesOf(pasted)).toEqual(expect.arrayContaining(['loyalty > orders_2 visits', 'orders_2 > visits_2 rate_2']));
  expect(nodeOf(pasted, 'orders_2')?.formula).toBe('visits_2*rate_2');
  expect(nodeOf(pasted, 'orders_2')?.uuid).not.toBe('u-orders');
  expect(nodeOf(pasted, 'orders_2')?.targets).toEqual(nodeOf(doc, 'orders')?.targets);
  const elsewhere = blankTree('Sales');
  const branch = readBranch(writeBranch(copyBranch(doc, ['orders'])));
  expect(linesOf(addBranch(elsewhere, 'sales', fitBranch(elsewhere, branch!)))).toEqual(['sales > orders', 'orders > visits rate']);
  expect(readBranch('{"a":1}')).toBeNull();
  expect(readBranch('plain text')).toBeNull();
});

test('what may not be read is not copied', () => {
  const doc = treeOf(['a > b'], { b: { metric: { restricted: true } } });
  expect(fitBranch(doc, copyBranch(doc, ['b'])).nodes[0]?.metric).toBeNull();
});

test('another source drops what only the one before may have', () => {
  const metric = { dataset_uuid: 'd', metric_name: 'm', filters: [], time_column: null, empty: 'missing' as const };
  const doc = setNode(shop(), 'value', { metric, shift: 1 });
  expect(nodeOf(setSource(doc, 'value', 'manual'), 'value')).toMatchObject({ metric: null, shift: 1 });
  expect(nodeOf(setSource(doc, 'value', 'formula'), 'value')).toMatchObject({ metric: null, shift: 0 });
});

test('a formula computes what has no source yet, and explains what has one', () => {
  const metric = { dataset_uuid: 'd', metric_name: 'm', filters: [], time_column: null, empty: 'missing' as const };
  const source = (doc: TreeDoc) => nodeOf(setFormula(doc, 'value', 'rate'), 'value')?.source;
  expect(source(setSource(shop(), 'value', 'metric'))).toBe('formula');
  expect(source(setNode(shop(), 'value', { source: 'metric', metric }))).toBe('metric');
  expect(source(setSource(shop(), 'value', 'manual'))).toBe('manual');
});

test('what an edit does not touch stays the same object', () => {
  const doc = shop();
  const after = setNode(doc, 'value', { unit: 'EUR' });
  expect(after.links).toBe(doc.links);
  expect(nodeOf(after, 'orders')).toBe(nodeOf(doc, 'orders'));
  expect(setNode(doc, 'nowhere', { unit: 'EUR' })).toBe(doc);
});

test.each(Array.from({ length: 40 }, (_, seed) => seed))('50 random edits undo to the exact start and redo to the exact end (seed %i)', seed => {
  const random = seeded(seed);
  const start = shop();
  const before = JSON.stringify(start);
  let history = begin(start);
  for (let count = 0; count < 50; count += 1) {
    history = edit(history, randomEdit(random, history.present), `edit ${count}`);
    expect(problemsOf(history.present)).toEqual([]);
  }
  const end = JSON.stringify(history.present);
  const steps = history.past.length;
  for (let count = 0; count < steps; count += 1) history = undo(history);
  expect(history.present).toBe(start);
  expect(JSON.stringify(history.present)).toBe(before);
  expect(undo(history)).toBe(history);
  for (let count = 0; count < steps; count += 1) history = redo(history);
  expect(JSON.stringify(history.present)).toBe(end);
  expect(redo(history)).toBe(history);
});

test('an edit says what it was, and puts an end to what was undone', () => {
  const named = (name: string) => (doc: TreeDoc) => renameNode(doc, 'value', name);
  let history = edit(edit(begin(shop()), named('A'), 'Rename A'), named('B'), 'Rename B');
  expect([undoable(history), redoable(history)]).toEqual(['Rename B', null]);
  history = undo(history);
  expect([undoable(history), redoable(history)]).toEqual(['Rename A', 'Rename B']);
  history = edit(history, named('C'), 'Rename C');
  expect([undoable(history), redoable(history)]).toEqual(['Rename C', null]);
  expect(edit(history, doc => doc, 'Nothing')).toBe(history);
});

test('a document from elsewhere is filled in, and what only the server writes is left out', () => {
  const doc = readTree({ nodes: [{ key: 'a' }], created_on: '2026-01-01' } as unknown as Parameters<typeof readTree>[0]);
  expect(doc).toMatchObject({ uuid: null, version: null, grain: 'month', links: [] });
  expect(doc.nodes[0]).toMatchObject({ source: 'metric', metric: null, rollup_method: 'weighted_mean' });
  expect(doc.nodes[0]?.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(doc).not.toHaveProperty('created_on');
  expect(rootOf(doc)).toBe('a');
});
