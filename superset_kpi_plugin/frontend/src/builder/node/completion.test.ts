import { describe, expect, it } from 'vitest';
import { completions } from './completion';

const known = [
  { key: 'orders', name: 'Orders' },
  { key: 'average_order_value', name: 'Average order value' },
  { key: 'gia_tri', name: 'Giá trị đơn hàng' },
];
const keys = (formula: string, caret = formula.length) => completions(formula, caret, known).map(({ key }) => key);

describe('completions', () => {
  it('puts what begins with the word before what holds it', () => {
    expect(keys('ord')).toEqual(['orders', 'average_order_value']);
  });
  it('replaces the word at the caret and nothing else', () => {
    expect(completions('orders * avxx + 1', 11, known)[0]!.formula).toBe('orders * average_order_value + 1');
  });
  it('offers all of them after an operator, and none behind a number or a closed parenthesis', () => {
    expect(keys('orders * ')).toHaveLength(3);
    expect(keys('')).toHaveLength(3);
    expect(keys('12')).toEqual([]);
    expect(keys('(orders)')).toEqual([]);
    expect(keys('2 * orders')).toEqual([]);
  });
  it('finds names without their accents', () => expect(keys('gia')).toEqual(['gia_tri']));
});
