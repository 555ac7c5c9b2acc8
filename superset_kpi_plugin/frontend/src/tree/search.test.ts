import { expect, test } from 'vitest';
import { node } from '../../test/sample';
import { plain, search, typeAhead } from './search';

const nodes = [
  node('open_rate', { name: 'E-mail open rate' }),
  node('revenue', { name: 'Doanh thu từ tiếp thị' }),
  node('orders', { name: 'Orders' }),
  node('reorders', { name: 'Repeat orders' }),
  node('cpa', { name: 'Cost per action (CPA)' }),
  node('visits', { name: 'ウェブ訪問数' }),
];
const found = (asked: string) => search(nodes, asked).map(one => one.node.key);

test('the best match comes first: a whole name, then a word, then letters in their order', () => {
  expect(found('orders')).toEqual(['orders', 'reorders']);
  expect(found('cpa')[0]).toBe('cpa');
  expect(found('eop')[0]).toBe('open_rate');
  expect(found('訪問')).toEqual(['visits']);
  expect(found('xyz')).toEqual([]);
  expect(found('  ')).toEqual([]);
});

test('accents, case and đ need not be typed', () => {
  expect(plain('ĐỘ Phủ')).toBe('do phu');
  expect(found('tiep thi')).toEqual(['revenue']);
});

test('type-ahead goes on from where one is, and around', () => {
  const items = ['Alpha', 'Beta', 'Apple'].map(name => ({ node: node(name.toLowerCase(), { name }) }));
  expect(typeAhead(items, 0, 'a')?.node.name).toBe('Apple');
  expect(typeAhead(items, 2, 'a')?.node.name).toBe('Alpha');
  expect(typeAhead(items, 2, 'ap')?.node.name).toBe('Apple');
  expect(typeAhead(items, 0, 'z')).toBeUndefined();
});
