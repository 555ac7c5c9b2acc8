import { describe, expect, it } from 'vitest';
import type { AdhocFilter } from '../draft/document';
import { isComplete, typed, withOperator } from './filters';

const filter = (operator: string, comparator: unknown): AdhocFilter => ({
  expressionType: 'SIMPLE', clause: 'WHERE', subject: 'channel', operator, comparator,
});

describe('adhoc filters', () => {
  it.each([
    [filter('==', 'web'), true], [filter('==', null), false], [filter('==', ''), false], [filter('==', 0), true],
    [filter('IN', []), false], [filter('IN', ['web']), true], [filter('IS NULL', null), true],
    [{ ...filter('==', 'web'), subject: null }, false],
    [{ expressionType: 'SQL', sqlExpression: ' ' } as AdhocFilter, false],
    [{ expressionType: 'SQL', sqlExpression: 'a > 1' } as AdhocFilter, true],
  ])('knows when nothing is left open', (one, complete) => expect(isComplete(one)).toBe(complete));

  it('keeps what it compares with, as far as the operator takes it', () => {
    expect(withOperator(filter('==', 'web'), 'IN').comparator).toEqual(['web']);
    expect(withOperator(filter('IN', ['web', 'mail']), '!=').comparator).toBe('web');
    expect(withOperator(filter('==', 'web'), 'IS NULL').comparator).toBeNull();
  });

  it('types numbers for columns of numbers only', () => {
    expect(typed('12', 'BIGINT')).toBe(12);
    expect(typed('12', 'VARCHAR')).toBe('12');
    expect(typed('twelve', 'INTEGER')).toBe('twelve');
  });
});
