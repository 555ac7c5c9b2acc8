import { expect, it } from 'vitest';
import { readTree, type Fix, type TargetRow } from './document';
import { applyFix } from './fix';
import { childrenOf, nodeOf } from './structure';

const row = (start: string, end: string, member: string | null = null): TargetRow => ({
  start, end, dimension: member && 'region', member, value: 1, baseline: null, lower: null, upper: null,
});
const shop = readTree({
  nodes: [
    { key: 'revenue', formula: 'orders', targets: [row('2026-01-01', '2026-02-01'), row('2026-01-01', '2026-02-01', 'North'), row('2026-02-01', '2026-03-01')] },
    { key: 'orders' },
    { key: 'visits' },
  ],
  links: [{ parent: 'revenue', child: 'orders' }] as never,
});
const fix = (parts: Partial<Fix>): Fix => ({ label: '', nodes: {}, links: [], without_targets: {}, ...parts });

it('sets fields, and leaves the links of a formula that is dropped', () => {
  const fixed = applyFix(shop, fix({ nodes: { revenue: { formula: null, unit: 'USD' } } }));
  expect(nodeOf(fixed, 'revenue')).toMatchObject({ formula: null, unit: 'USD' });
  expect(childrenOf(fixed, 'revenue')).toHaveLength(1);
});

it('adds links', () => {
  const fixed = applyFix(shop, fix({ links: [{ parent: 'revenue', child: 'visits' }] }));
  expect(childrenOf(fixed, 'revenue').map(({ child }) => child)).toEqual(['orders', 'visits']);
});

it('takes target rows of the whole away, not those of members', () => {
  const fixed = applyFix(shop, fix({ without_targets: { revenue: [{ start: '2026-01-01', end: '2026-02-01' }] } }));
  expect(nodeOf(fixed, 'revenue')!.targets.map(({ start, member }) => [start, member])).toEqual([
    ['2026-01-01', 'North'], ['2026-02-01', null],
  ]);
});
