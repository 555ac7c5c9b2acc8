import { useCallback, useEffect, useRef, useState } from 'react';
import { forget, keep } from './draft/kept';
import { answerFor } from './draft/presence';
import { isChanged, type Draft } from './draft/state';

const PAUSE = 250;

/** Keeps the draft in the browser while there is anything to save, also when the page goes. False where there is no room. */
export function useKeeping(draft: Draft, person: number | null, id: string): boolean {
  const [roomy, setRoomy] = useState(true);
  const latest = useRef(draft);
  latest.current = draft;
  const write = useCallback(() => {
    const { base, history } = latest.current;
    const place = { person, tree: base?.uuid ?? null };
    if (isChanged(latest.current)) setRoomy(keep(place, id, { base, draft: history.present, at: new Date().toISOString() }));
    else forget(place, id);
  }, [person, id]);
  useEffect(() => answerFor(id), [id]);

  // Once it is saved, a new tree is one among the stored ones.
  const tree = draft.base?.uuid ?? null;
  const before = useRef(tree);
  useEffect(() => {
    if (before.current !== tree) forget({ person, tree: before.current }, id);
    before.current = tree;
  }, [person, tree, id]);

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
