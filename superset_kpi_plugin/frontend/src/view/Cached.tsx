import React, { useEffect, useState } from 'react';
import type { Query } from '../api/types';
import { currentLocale, t } from '../i18n';
import { ago, cachedSince } from '../tree/age';
import { formatInstant } from '../tree/window';
import { ToolIcon } from './Icons';
import { Press } from './Press';

const TICK = 30_000;

/**
 * How old the numbers are where they came from the cache, and the way to newer ones, as Explore's own mark has it.
 * The host's mark on a dashboard is about its own query, which reads the list of trees and none of these numbers.
 */
export function Cached({ queries, onRefresh }: { queries: readonly Query[]; onRefresh: () => void }) {
  const since = cachedSince(queries);
  const now = useNow(since !== null);
  if (since === null) return null;
  const locale = currentLocale();
  const age = ago(since, now, locale);
  return (
    <Press
      className="kpi-cached"
      data-test="kpi-cached"
      data-value={new Date(since).toISOString()}
      title={t('Loaded from the cache, read on {moment}. Click to force-refresh.', { moment: formatInstant(since, locale) })}
      onClick={onRefresh}
    >
      <ToolIcon tool="refresh" />
      {age ? t('Cached {ago}', { ago: age }) : t('Cached just now')}
    </Press>
  );
}

/** Now, as long as it is looked at. */
function useNow(wanted: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!wanted) return undefined;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, TICK);
    return () => clearInterval(timer);
  }, [wanted]);
  return now;
}
