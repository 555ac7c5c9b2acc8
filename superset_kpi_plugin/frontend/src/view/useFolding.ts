import { useCallback, useEffect, useState } from 'react';
import { foldFrom, type Folded } from '../tree/fold';
import type { Outline } from '../tree/outline';
import type { Memory } from './memory';

/** What is folded: as remembered, else from the chart's initial depth; a changed initial depth starts over. */
export function useFolding(outline: Outline, initialDepth: number, memory: Memory): [Folded, (next: Folded) => void] {
  const remembered = memory.initialDepth === initialDepth ? memory.folded : undefined;
  const [state, setState] = useState({ folded: remembered ?? foldFrom(outline, initialDepth), initialDepth });
  const current = state.initialDepth === initialDepth ? state.folded : foldFrom(outline, initialDepth);

  useEffect(() => {
    memory.folded = current;
    memory.initialDepth = initialDepth;
  }, [memory, current, initialDepth]);

  const setFolded = useCallback((folded: Folded) => setState({ folded, initialDepth }), [initialDepth]);
  return [current, setFolded];
}
