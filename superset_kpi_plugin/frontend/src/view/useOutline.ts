import { useRef } from 'react';
import type { Tree } from '../api/types';
import { buildOutline, type Outline } from '../tree/outline';

/** The same outline for as long as the tree's structure is the same, whatever its numbers. */
export function useOutline(tree: Pick<Tree, 'nodes' | 'links'>, root: string): Outline {
  const { nodes, links } = tree;
  const structure = JSON.stringify([root, nodes, links], withoutOrigin);
  const ref = useRef<{ structure: string; outline: Outline } | null>(null);
  if (ref.current?.structure !== structure) ref.current = { structure, outline: buildOutline({ nodes, links, root }) };
  return ref.current.outline;
}

/** What a node was read from differs with the window. */
function withoutOrigin(name: string, value: unknown): unknown {
  return name === 'metric' ? undefined : value;
}
