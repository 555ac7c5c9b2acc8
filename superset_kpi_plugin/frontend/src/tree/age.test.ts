import { expect, test } from 'vitest';
import type { Query } from '../api/types';
import { ago, cachedSince } from './age';

const read = (cached: boolean | null, cached_on: string | null) => ({ cached, cached_on }) as Query;

test('numbers are as old as the oldest that came from the cache', () => {
  const queries = [read(true, '2026-11-21T08:15:00'), read(true, '2026-11-21T08:10:00'), read(false, null), read(null, null)];
  expect(cachedSince(queries)).toBe(Date.UTC(2026, 10, 21, 8, 10));
  expect(cachedSince([read(false, null), read(true, null), read(true, 'never')])).toBeNull();
  expect(cachedSince([])).toBeNull();
});

test.each([
  [0.9, null], [-5, null], [1, '1 minute ago'], [59.9, '59 minutes ago'], [60, '1 hour ago'], [1439, '23 hours ago'], [2880, '2 days ago'],
])('after %d minutes it is told as %s', (minutes, told) => {
  expect(ago(0, minutes * 60_000, 'en')).toBe(told);
});

test('ages are told in the language of the page', () => {
  expect([ago(0, 300_000, 'vi'), ago(0, 300_000, 'ja')]).toEqual(['5 phút trước', '5 分前']);
});
