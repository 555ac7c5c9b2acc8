import { useCallback, useEffect, useRef, useState } from 'react';
import { forget, keep, type Place } from './draft/kept';
import { isChanged, type Draft } from './draft/state';

const PAUSE = 250;

/** Keeps the draft in the browser while there is anything to save, also when the page goes. False where there is no room. */
export function useKeeping(draft: Draft, place: Place): boolean {
  const [roomy, setRoomy] = useState(true);
  const latest = useRef({ draft, place });
  latest.current = { draft, place };
  const write = useCallback(() => {
    const { draft: now, place: where } = latest.current;
    if (isChanged(now)) setRoomy(keep(where, { base: now.base, draft: now.history.present, at: new Date().toISOString() }));
    else forget(where);
  }, []);

  useEffect(() => {
    const timer = setTimeout(write, PAUSE);
    return () => clearTimeout(timer);
  }, [draft, write]);
  useEffect(() => {
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, [write]);

  const changed = isChanged(draft);
  useEffect(() => {
    if (!changed) return undefined;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      event.returnValue = '';
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [changed]);
  return roomy;
}
