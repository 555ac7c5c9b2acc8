import { useCallback, useMemo, useState } from 'react';
import type { Evaluation } from '../api/types';
import { foldFrom } from '../tree/fold';
import { isFiltering, matching, NO_FILTER, prune, type NodeFilter } from '../tree/filter';
import { layoutFor, type LayoutChoice, type LayoutKind } from '../tree/kinds';
import type { Item, Outline } from '../tree/outline';
import type { Memory } from './memory';
import { useOutline } from './useOutline';

export interface Picture {
  kind: LayoutKind;
  setKind: (kind: LayoutKind) => void;
  /** The node whose branch alone is shown, as it stands in the whole tree. */
  branch: Item | null;
  setBranch: (key: string | null) => void;
  filter: NodeFilter;
  setFilter: (filter: NodeFilter) => void;
  matched: Set<string> | null;
  /** The whole tree. */
  whole: Outline;
  /** What of it is shown. */
  outline: Outline;
  /** Changes whenever another part of the tree is shown, or in another layout: time to look at it anew. */
  identity: string;
}

interface Asked {
  choice: LayoutChoice;
  initialDepth: number;
  width: number;
  height: number;
}

/** Which part of the tree is shown, and how. Remembered, as the host forgets the chart at every query. */
export function usePicture(evaluation: Evaluation, asked: Asked, memory: Memory): Picture {
  const { choice, initialDepth, width, height } = asked;
  const { tree, nodes } = evaluation;
  const [, redraw] = useState({});
  const set = useCallback(
    (change: Partial<Memory>) => {
      Object.assign(memory, change);
      redraw({});
    },
    [memory],
  );
  // Another choice in the chart's controls goes before what a reader once chose.
  if (memory.choice !== choice) Object.assign(memory, { choice, kind: undefined });
  const filter = memory.filter ?? NO_FILTER;
  const whole = useOutline(tree, tree.root);
  // By the tree as it is unfolded at first: folding must not turn it round under the reader's hands.
  const suited = useMemo(
    () => layoutFor(choice, whole.root, foldFrom(whole, initialDepth), { width, height }),
    [choice, whole, initialDepth, width, height],
  );
  const kind = memory.kind ?? suited;
  const branch = (memory.branch && whole.byKey.get(memory.branch)) || null;
  const matched = useMemo(() => matching(tree.nodes, nodes, filter), [tree, nodes, filter]);
  const pruned = useMemo(() => (matched ? prune(tree, matched) : tree), [tree, matched]);
  const inBranch = branch && pruned.nodes.some(({ key }) => key === branch.node.key) ? branch.node.key : tree.root;
  const outline = useOutline(pruned, inBranch);
  return {
    kind,
    setKind: useCallback((next: LayoutKind) => set({ kind: next }), [set]),
    branch,
    setBranch: useCallback((key: string | null) => set({ branch: key === tree.root ? null : key }), [set, tree.root]),
    filter,
    setFilter: useCallback((next: NodeFilter) => set({ filter: next }), [set]),
    matched,
    whole,
    outline,
    identity: JSON.stringify([kind, branch?.node.key ?? '', isFiltering(filter) ? filter : '']),
  };
}
