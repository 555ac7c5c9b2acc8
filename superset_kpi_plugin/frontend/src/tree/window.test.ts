import { expect, test } from 'vitest';
import { formatDay, formatWindow } from './window';

const window = { since: '2026-11-01', until: '2026-12-01', as_of: '2026-11-21', closed: false, name: null };

test('a whole month is named, in the language of the page', () => {
  expect(formatWindow(window, 'en')).toBe('November 2026');
  expect(formatWindow(window, 'ja')).toBe('2026年11月');
  expect(formatWindow(window, 'vi')).toContain('Tháng 11');
});

test('a whole year is named, and two years are not', () => {
  expect(formatWindow({ ...window, since: '2026-01-01', until: '2027-01-01' }, 'en')).toBe('2026');
  expect(formatWindow({ ...window, since: '2026-01-01', until: '2027-01-01' }, 'ja')).toBe('2026年');
  expect(formatWindow({ ...window, since: '2026-01-01', until: '2028-01-01' }, 'en')).toContain('2027');
  expect(formatWindow({ ...window, since: '2025-04-01', until: '2026-04-01' }, 'en')).toContain('Apr');
});

test('any other span ends on its last day, not on the day after', () => {
  const text = formatWindow({ ...window, since: '2026-07-01', until: '2026-10-01' }, 'en');
  expect(text.replace(/[\u2009\u00a0]/g, ' ')).toBe('Jul 1 – Sep 30, 2026');
  expect(formatWindow({ ...window, since: '2026-07-05', until: '2026-07-06' }, 'en')).toBe('Jul 5, 2026');
});

test('what is no date is shown as it came', () => {
  expect(formatDay('soon', 'en')).toBe('soon');
  expect(formatWindow({ ...window, since: 'a', until: 'b' }, 'en')).toBe('a – b');
});
