import { describe, expect, it } from 'vitest';
import { readCells, readNumber, separatorsOf, writeNumber } from './written';

const en = separatorsOf('en');
const vi = separatorsOf('vi');

describe('readNumber', () => {
  it.each([
    ['1,234.5', 1234.5], ['$ 1,200', 1200], ['12%', 0.12], ['7 %', 0.07], ['(5)', -5], ['−3', -3], ['1e3', 1000],
    ['.5', 0.5], ['1,234', 1234], ['1.234,5', 1234.5], ['12,5', 12.5], ['0', 0],
    ['１２', 12], ['１，２００．５', 1200.5], ['￥８０', 80],
  ])('reads %s as English', (text, value) => expect(readNumber(text, en)).toBe(value));

  it.each([['1.234,5', 1234.5], ['1.234', 1234], ['12,5 %', 0.125], ['12.5', 12.5], ['1,234.5', 1234.5]])(
    'reads %s as Vietnamese', (text, value) => expect(readNumber(text, vi)).toBe(value),
  );

  it('tells what is empty from what is no number', () => {
    expect(readNumber('  ', en)).toBeNull();
    for (const text of ['abc', '1.2.3,4,5x', '--1', '%', 'Infinity', '1e400', '12 apples']) expect(readNumber(text, en)).toBeNaN();
  });
});

describe('writeNumber', () => {
  it('writes what readNumber reads again', () => {
    for (const separators of [en, vi])
      for (const percent of [true, false])
        for (const value of [0, 0.07, 0.285, -1.5, 1234567.891, 1e-7, 1e21, 0.1 + 0.2])
          expect(readNumber(writeNumber(value, percent, separators), separators)).toBeCloseTo(value, 14);
    expect(writeNumber(0.07, true, en)).toBe('7%');
    expect(writeNumber(null, true, en)).toBe('');
  });
});

it('readCells takes a spreadsheet apart', () => {
  expect(readCells('1\t2\r\n3\t\r\n')).toEqual([['1', '2'], ['3', '']]);
});
