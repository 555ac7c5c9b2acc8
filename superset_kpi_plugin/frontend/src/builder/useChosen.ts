import { useCallback, useRef, useState } from 'react';
import type { Wanted } from './canvas/EditCanvas';
import type { TreeDoc } from './draft/document';
import { follow, keyOfItem } from './draft/follow';

export interface Chosen {
  /** Ids of items, the one chosen last at the end. */
  ids: readonly string[];
  /** The keys of the nodes, each once. */
  keys: readonly string[];
  /** The node that the form is about; null for the tree itself. */
  key: string | null;
  choose: (ids: readonly string[]) => void;
  /** Chooses an item and goes to it. */
  goTo: (id: string) => void;
  wanted: Wanted | null;
}

/** What is chosen on the canvas, through whatever an edit does to keys. */
export function useChosen(doc: TreeDoc): Chosen {
  const [state, setState] = useState<{ ids: readonly string[]; of: TreeDoc }>({ ids: [], of: doc });
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const latest = useRef(doc);
  latest.current = doc;
  // An id that was chosen for the document to come is in it by its key already.
  const known = new Set(doc.nodes.map(({ key }) => key));
  const ids = state.of === doc ? state.ids.filter(id => known.has(keyOfItem(id))) : follow(state.ids, state.of, doc);
  if (state.of !== doc) setState({ ids, of: doc });
  const keys = [...new Set(ids.map(keyOfItem))];
  return {
    ids,
    keys,
    key: keys[keys.length - 1] ?? null,
    choose: useCallback((next: readonly string[]) => setState({ ids: next, of: latest.current }), []),
    goTo: useCallback((id: string) => {
      setState({ ids: [id], of: latest.current });
      setWanted({ id });
    }, []),
    wanted,
  };
}
