import { describe, expect, it } from 'vitest';
import type { TargetRow } from '../draft/document';
import { membersIn, rowAt, rowsAcross, setAmount, setAmounts, WHOLE } from './rows';

const january = { start: '2026-01-01', end: '2026-02-01' };
const february = { start: '2026-02-01', end: '2026-03-01' };
const web = { dimension: 'channel', member: 'web' };
const row = (span: { start: string; end: string }, value: number, whose = WHOLE): TargetRow => ({
  ...span, ...whose, value, baseline: null, lower: null, upper: null,
});

describe('rows of targets', () => {
  it('sets an amount in the period of its own, in order', () => {
    const rows = setAmount([row(february, 2)], january, WHOLE, 'value', 1);
    expect(rows.map(({ value }) => value)).toEqual([1, 2]);
    expect(setAmount(rows, january, WHOLE, 'value', 5).map(({ value }) => value)).toEqual([5, 2]);
  });

  it('drops a row that has no amount left, and keeps one that has', () => {
    const rows = setAmount([row(january, 1)], january, WHOLE, 'baseline', 0);
    expect(setAmount(rows, january, WHOLE, 'value', null)).toMatchObject([{ value: null, baseline: 0 }]);
    expect(setAmount([row(january, 1)], january, WHOLE, 'value', null)).toEqual([]);
  });

  it('lets a row that lies across make way for what is entered, not for what is cleared', () => {
    const year = row({ start: '2026-01-01', end: '2027-01-01' }, 12);
    expect(rowsAcross([year], january, WHOLE)).toEqual([year]);
    expect(setAmount([year], january, WHOLE, 'value', 1)).toEqual([row(january, 1)]);
    expect(setAmount([year], january, WHOLE, 'value', null)).toEqual([year]);
  });

  it('keeps members apart from the whole', () => {
    const rows = setAmounts([row(january, 10)], web, 'value', [{ ...january, value: 4 }, { ...february, value: 6 }]);
    expect(rowAt(rows, january, WHOLE)?.value).toBe(10);
    expect(rowAt(rows, january, web)?.value).toBe(4);
    expect(membersIn(rows)).toEqual([web]);
  });
});
