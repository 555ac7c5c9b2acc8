import { expect, test } from 'vitest';
import type { ComponentProof, InfluenceProof, TreeLink } from '../api/types';
import { countVerdicts, marksOf } from './linkProof';

const link = (parent: string, child: string, kind: TreeLink['kind'] = 'component'): TreeLink => ({
  parent, child, kind, operator: null, weight: 1, order: 0,
});
const proof = {
  components: [{ parent: 'revenue', children: ['orders', 'value'], verdict: 'disproven' } as ComponentProof],
  influences: [{ parent: 'revenue', child: 'mood', verdict: 'supported' } as InfluenceProof],
};

test('a component stands with the formula, an influence by itself, and a formula that is the source by definition', () => {
  const markOf = marksOf(proof);
  expect(markOf(link('revenue', 'orders'))?.verdict).toBe('disproven');
  expect(markOf(link('revenue', 'value'))?.row).toBe(proof.components[0]);
  expect(markOf(link('revenue', 'mood', 'influence'))?.verdict).toBe('supported');
  expect(markOf(link('orders', 'visits'))).toEqual({ verdict: 'definition', row: null });
  expect(markOf(link('orders', 'mood', 'influence'))).toBeNull();
});

test('what is disproven is counted first', () => {
  const links = [link('orders', 'visits'), link('revenue', 'mood', 'influence'), link('revenue', 'orders'), link('revenue', 'value')];
  expect(countVerdicts(links, marksOf(proof))).toEqual([['disproven', 2], ['supported', 1], ['definition', 1]]);
});
