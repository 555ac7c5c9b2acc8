/** How old numbers are that came from the cache. */
import type { Query } from '../api/types';

const MINUTE = 60_000;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [['day', 1440], ['hour', 60], ['minute', 1]];

/** When the oldest numbers from the cache were read, in milliseconds; null where all came from the database. */
export function cachedSince(queries: readonly Query[]): number | null {
  const moments = queries.flatMap(({ cached, cached_on: on }) => (cached && on ? [parseMoment(on)] : [])).filter(Number.isFinite);
  return moments.length ? Math.min(...moments) : null;
}

/** The server writes moments in UTC. */
export function parseMoment(moment: string): number {
  return new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(moment) ? moment : `${moment}Z`).getTime();
}

/** "5 minutes ago", in whole minutes, hours or days; null within the first minute. */
export function ago(since: number, now: number, locale: string): string | null {
  const minutes = Math.floor((now - since) / MINUTE);
  const step = STEPS.find(([, length]) => minutes >= length);
  return step ? new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(-Math.floor(minutes / step[1]), step[0]) : null;
}
