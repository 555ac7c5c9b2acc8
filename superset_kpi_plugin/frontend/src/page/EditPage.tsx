import React, { useCallback, useRef, useState } from 'react';
import { Editor } from '../builder/Editor';
import './editorWords';
import { useRouter } from './router';
import { takeBegun } from './start/begun';

interface Props {
  /** The tree's uuid or slug; null for one that is not saved yet. */
  tree: string | null;
}

/** Where the editor stands. */
export function EditPage({ tree }: Props) {
  const { go, hrefOf } = useRouter();
  const saved = useRef(tree);
  const [start] = useState(() => (tree === null ? takeBegun() : undefined));
  const onLeave = () => go(saved.current === null ? { name: 'list' } : { name: 'tree', tree: saved.current });
  // The address follows the slug, but the editor stays as it is, with everything that can be undone.
  const onSaved = useCallback(
    ({ slug }: { slug: string }) => {
      saved.current = slug;
      History.prototype.replaceState.call(window.history, window.history.state, '', hrefOf({ name: 'edit', tree: slug }) + window.location.search);
    },
    [hrefOf],
  );
  return <Editor tree={tree} start={start} onLeave={onLeave} onSaved={onSaved} />;
}
