import { expect, test } from 'vitest';
import { format } from '../../test/d3-format-lite';
import { DASH, fitText, formatAmount, formatCompact, formatShare, textWidth } from './format';

const plain = { d3format: null, unit: null };

test('an undefined number is a dash, zero is zero', () => {
  expect(formatAmount(null, plain, format)).toBe(DASH);
  expect(formatCompact(null, plain, format)).toBe(DASH);
  expect(formatShare(null, format)).toBe(DASH);
  expect(formatAmount(0, plain, format)).toBe('0');
  expect(formatShare(0, format)).toBe('0%');
});

test('the unit follows where the format has no symbol of its own', () => {
  expect(formatAmount(350000, { d3format: '$,.0f', unit: 'USD' }, format)).toBe('$350,000');
  expect(formatAmount(6890, { d3format: ',.0f', unit: 'orders' }, format)).toBe('6,890\u00a0orders');
  expect(formatAmount(0.056, { d3format: '.1%', unit: '%' }, format)).toBe('5.6%');
});

test.each([
  [1234567, '1,234,567'],
  [3.14159, '3.142'],
  [-0.5, '-0.5'],
  [1e21, '1.000e+21'],
  [4.2e-9, '4.200e-9'],
])('without a format %d reads %s', (value, text) => {
  expect(formatAmount(value, plain, format)).toBe(text);
});

test('short forms keep symbol and unit', () => {
  expect(formatCompact(123456789, { d3format: '$,.2f', unit: 'USD' }, format)).toBe('$123M');
  expect(formatCompact(123456789, { d3format: ',.0f', unit: 'visits' }, format)).toBe('123M\u00a0visits');
  expect(formatCompact(1e300, { d3format: ',.0f', unit: null }, format)).toBe('1.00e+300');
  expect(formatCompact(98765.4, { d3format: '.1%', unit: null }, format)).toBe('9.88e+4');
});

test('what is short of 100 % never reads as 100 %', () => {
  expect(formatShare(0.99999, format)).toBe('99.9%');
  expect(formatShare(1, format)).toBe('100%');
  expect(formatShare(0.975, format)).toBe('97.5%');
  expect(formatShare(-0.28, format)).toBe('-28%');
  expect(formatShare(1e6, format)).toBe('1.00e+8%');
});

test('a long number is written smaller, then shorter, and always fits', () => {
  expect(fitText('$350,000', '$350k', 130, 21, 13)).toEqual({ text: '$350,000', fontSize: 21 });
  const smaller = fitText('1,234,567,890 visits', '1.23G visits', 170, 21, 13);
  expect(smaller.text).toBe('1,234,567,890 visits');
  expect(smaller.fontSize).toBeLessThan(21);
  const long = '9'.repeat(300);
  for (const width of [60, 130, 230]) {
    const fitted = fitText(long, '1.00e+300', width, 21, 13);
    expect(fitted.text).toBe('1.00e+300');
    expect(textWidth(fitted.text) * fitted.fontSize).toBeLessThanOrEqual(width);
  }
});
