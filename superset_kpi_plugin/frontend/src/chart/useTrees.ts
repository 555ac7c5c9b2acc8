import { useCallback, useEffect, useState } from 'react';
import { nameTree, searchTrees, together, type NamedTree } from './trees';

/** As long as the host's own lists wait for the next letter. */
const PATIENCE = 250;

export interface FoundTrees {
  trees: NamedTree[];
  state: 'loading' | 'ready' | 'failed';
  /** Reads the next page, where there is one; after a failure, the same again. */
  more: () => void;
}

interface Known {
  /** What was searched for; null while nothing is. */
  text: string | null;
  trees: NamedTree[];
  count: number;
  page: number;
  state: FoundTrees['state'];
}

const start = (text: string | null): Known => ({ text, trees: [], count: 0, page: 0, state: 'loading' });

/** The trees that hold a text, searched on the server while it is typed, a page at a time; none while it is null. */
export function useTrees(text: string | null): FoundTrees {
  const searched = text?.trim() ?? null;
  const [known, setKnown] = useState(() => start(null));
  const now = known.text === searched ? known : start(searched);
  const { page, state } = now;

  useEffect(() => {
    if (state !== 'loading') return undefined;
    if (searched === null) {
      setKnown(start(null));
      return undefined;
    }
    const controller = new AbortController();
    const tell = (next: (before: Known) => Known) =>
      !controller.signal.aborted && setKnown(before => next(before.text === searched ? before : start(searched)));
    const ask = () =>
      searchTrees(searched, page, controller.signal).then(
        ({ trees, count }) => tell(before => ({ ...before, trees: together(before.trees, trees), count, page, state: 'ready' })),
        () => tell(before => ({ ...before, page, state: 'failed' })),
      );
    const timer = setTimeout(ask, searched && page === 0 ? PATIENCE : 0);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [searched, page, state]);

  const more = useCallback(
    () =>
      setKnown(before => {
        if (before.state === 'failed') return { ...before, state: 'loading' };
        if (before.state === 'loading' || before.trees.length >= before.count) return before;
        return { ...before, page: before.page + 1, state: 'loading' };
      }),
    [],
  );
  return { trees: now.trees, state, more };
}

/** A tree by its uuid; undefined while its name is asked for, null where there is none for this viewer. */
export function useTree(uuid: string | null): [NamedTree | null | undefined, (tree: NamedTree) => void] {
  const [tree, setTree] = useState<NamedTree | null | undefined>(undefined);
  const named = tree?.uuid === uuid;
  useEffect(() => {
    if (!uuid || named) return undefined;
    const controller = new AbortController();
    setTree(undefined);
    nameTree(uuid, controller.signal).then(
      found => !controller.signal.aborted && setTree(found),
      // Without an answer its identity is all there is to show.
      () => !controller.signal.aborted && setTree({ uuid, name: uuid, slug: '' }),
    );
    return () => controller.abort();
  }, [uuid, named]);
  return [uuid ? tree : undefined, setTree];
}
