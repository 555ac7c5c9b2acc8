/** A window's dates as people write them. Days are calendar days: no time zone may move them. */
import type { EvaluationWindow } from '../api/types';
import { parseMoment } from './age';

const DAY = 86_400_000;

/** "2026" for a whole year, "November 2026" for a whole month, "Jul 1 – Sep 30, 2026" for any other span; it begins a line. */
export function formatWindow({ since, until }: EvaluationWindow, locale: string): string {
  const first = parseDay(since);
  const last = new Date(parseDay(until).getTime() - DAY);
  if (isNaN(first.getTime()) || isNaN(last.getTime())) return `${since} – ${until}`;
  const text = span(first, last, locale);
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

function span(first: Date, last: Date, locale: string): string {
  if (isWholeYear(first, last)) return format(locale, { year: 'numeric' }).format(first);
  if (isWholeMonth(first, last)) return format(locale, { year: 'numeric', month: 'long' }).format(first);
  const days = format(locale, { year: 'numeric', month: 'short', day: 'numeric' });
  return first >= last ? days.format(first) : days.formatRange(first, last);
}

export function formatDay(day: string, locale: string): string {
  const date = parseDay(day);
  if (isNaN(date.getTime())) return day;
  return format(locale, { year: 'numeric', month: 'short', day: 'numeric' }).format(date);
}

function parseDay(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

function isWholeYear(first: Date, last: Date): boolean {
  const next = new Date(last.getTime() + DAY);
  return [first, next].every(day => day.getUTCMonth() === 0 && day.getUTCDate() === 1) && first.getUTCFullYear() === last.getUTCFullYear();
}

function isWholeMonth(first: Date, last: Date): boolean {
  const next = new Date(last.getTime() + DAY);
  return (
    first.getUTCDate() === 1 &&
    next.getUTCDate() === 1 &&
    first.getUTCMonth() === last.getUTCMonth() &&
    first.getUTCFullYear() === last.getUTCFullYear()
  );
}

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
}

/** A moment in UTC as the server writes it, on the reader's own clock. */
export function formatMoment(moment: string, locale: string): string {
  const read = parseMoment(moment);
  return Number.isNaN(read) ? moment : formatInstant(read, locale);
}

export const formatInstant = (instant: number, locale: string): string =>
  new Date(instant).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
