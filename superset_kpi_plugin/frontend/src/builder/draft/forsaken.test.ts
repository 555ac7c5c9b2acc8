import { expect, test } from 'vitest';
import { linesOf, problemsOf, treeOf } from '../../../test/drafts';
import type { TreeDoc } from './document';
import { link, moveNode, setFormula, setLink, unlink } from './edits';
import { forsakenBy, settleForsaken } from './forsaken';
import { keptFormula } from './formula';
import { nodeOf } from './structure';

const shop = (): TreeDoc =>
  treeOf(['revenue > orders value costs', 'orders > visits rate'], {
    revenue: { formula: 'orders * value - costs' },
    orders: { formula: 'visits * rate' },
  });

test('a formula goes on without what was moved away, where it can', () => {
  const moved = moveNode(shop(), 'costs', 'revenue', 'value');
  const forsaken = forsakenBy(shop(), moved, true);
  expect(forsaken.map(({ node, without, fates }) => [node.key, without, fates])).toEqual([['revenue', 'orders * value', ['mend', 'stay', 'open']]]);
  const settled = settleForsaken(moved, forsaken, new Map());
  expect(nodeOf(settled, 'revenue')?.formula).toBe('orders * value');
  expect(linesOf(settled)).toContain('value > costs');
});

test('what a formula cannot do without stays under its KPI as well, with its weight', () => {
  const weighted = setLink(shop(), 'orders', 'rate', { weight: 3 });
  const moved = moveNode(weighted, 'rate', 'orders', 'value');
  const forsaken = forsakenBy(weighted, moved, true);
  expect(forsaken[0]).toMatchObject({ without: null, fates: ['stay', 'open'] });
  const settled = settleForsaken(moved, forsaken, new Map());
  expect(linesOf(settled)).toEqual(expect.arrayContaining(['value > rate', 'orders > visits rate']));
  expect(settled.links.find(({ parent, child }) => parent === 'orders' && child === 'rate')?.weight).toBe(3);
  expect(problemsOf(settled)).toEqual([]);
});

test('a formula that is given up is kept in words', () => {
  const moved = moveNode(shop(), 'rate', 'orders', 'value');
  const settled = settleForsaken(moved, forsakenBy(shop(), moved, true), new Map([['orders', 'open']]));
  expect(nodeOf(settled, 'orders')).toMatchObject({ formula: null, metric: null });
  expect(keptFormula(nodeOf(settled, 'orders')!.description)).toBe('visits * rate');
});

test('what is taken from under a parent does not stay there', () => {
  const both = link(shop(), 'value', 'rate');
  expect(forsakenBy(both, unlink(both, 'orders', 'rate'), false)[0]?.fates).toEqual(['open']);
});

test('order, other parents and formulas that were wrong before concern no formula', () => {
  const doc = setFormula(shop(), 'value', 'nothing * 2');
  expect(forsakenBy(doc, moveNode(doc, 'costs', 'revenue', 'revenue', 0), true)).toEqual([]);
  expect(forsakenBy(doc, link(doc, 'value', 'rate'), true)).toEqual([]);
});
