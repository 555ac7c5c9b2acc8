/** Windows that are no period of the tree, in Superset's own words for time ranges. */
import dayjs from 'dayjs';

export const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof UNITS)[number];

export type Range =
  | { kind: 'last'; count: number; unit: Unit }
  /** Days, as Superset writes them: `until` is the day after the last one. */
  | { kind: 'between'; since: string; until: string };

export const LAST_WORDS: Record<Unit, string> = {
  day: 'Last {count} days',
  week: 'Last {count} weeks',
  month: 'Last {count} months',
  quarter: 'Last {count} quarters',
  year: 'Last {count} years',
};

export const ONE_WORDS: Record<Unit, string> = { day: 'Last day', week: 'Last week', month: 'Last month', quarter: 'Last quarter', year: 'Last year' };

export const UNIT_WORDS: Record<Unit, string> = { day: 'days', week: 'weeks', month: 'months', quarter: 'quarters', year: 'years' };

export const DAY = 'YYYY-MM-DD';
const LAST = new RegExp(`^last (?:(\\d{1,4}) )?(${UNITS.join('|')})s?$`, 'i');
const BETWEEN = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00)? : (\d{4}-\d{2}-\d{2})(?:T00:00:00)?$/;

/** What the words mean; null where they are Superset's, but none that the page has a form for. */
export function readRange(words: string): Range | null {
  const [, count = '1', unit] = LAST.exec(words) ?? [];
  if (unit && Number(count) > 0) return { kind: 'last', count: Number(count), unit: unit.toLowerCase() as Unit };
  const [, since, until] = BETWEEN.exec(words) ?? [];
  return since && until ? { kind: 'between', since, until } : null;
}

export const writeRange = (range: Range): string =>
  range.kind === 'last' ? `Last ${range.count} ${range.unit}s` : `${range.since} : ${range.until}`;

const GRAINS: Record<string, readonly [number, 'day' | 'month']> = { week: [7, 'day'], month: [1, 'month'], quarter: [3, 'month'], year: [12, 'month'] };

/**
 * A day in the period beside the one that is asked for by a day, else beside the one that is shown: who presses twice before
 * the first answer is there goes two periods.
 */
export function periodBeside(grain: string, asked: string, shown: { since: string; until: string } | undefined, ahead: boolean): string | null {
  const length = GRAINS[grain];
  if (length && /^\d{4}-\d{2}-\d{2}$/.test(asked)) return dayjs(asked).add(ahead ? length[0] : -length[0], length[1]).format(DAY);
  if (!shown) return null;
  return ahead ? shown.until : dayjs(shown.since).subtract(1, 'day').format(DAY);
}

/** The window of as many days, or of as many whole months, before or after the one that is shown. */
export function stepped({ since, until }: { since: string; until: string }, ahead: boolean): Range {
  const [from, to] = [dayjs(since), dayjs(until)];
  const months = from.date() === 1 && to.date() === 1 ? to.diff(from, 'month') : 0;
  const [length, unit] = months ? ([months, 'month'] as const) : ([to.diff(from, 'day'), 'day'] as const);
  const sign = ahead ? 1 : -1;
  return { kind: 'between', since: from.add(sign * length, unit).format(DAY), until: to.add(sign * length, unit).format(DAY) };
}
