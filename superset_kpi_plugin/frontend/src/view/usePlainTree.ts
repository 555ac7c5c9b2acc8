import { useEffect, useMemo, type KeyboardEvent, type RefObject } from 'react';
import { reveal, toggle } from '../tree/fold';
import type { PictureProps } from './picture';
import { useFocus } from './useFocus';
import { useWalk } from './useKeys';

/** Focus, keyboard and folding for a layout that scrolls like any other part of the page. */
export function usePlainTree(props: PictureProps, container: RefObject<HTMLElement>, scrollTo?: (id: string) => void) {
  const { evaluation, outline, folded, onFold, selected, onSelect, onBranch, controls } = props;
  const { root } = outline;
  const { active, setActive, focus } = useFocus(container, root.id, true);
  const actions = useMemo(
    () => ({
      show: (id: string) => {
        scrollTo?.(id);
        focus(id);
      },
      toggle: (id: string) => {
        onFold(toggle(folded, id));
        focus(id);
      },
      jump: (key: string) => {
        onFold(reveal(outline, folded, key));
        scrollTo?.(key);
        focus(key);
      },
    }),
    [outline, folded, onFold, focus, scrollTo],
  );
  controls.current = { refold: onFold, jump: actions.jump };
  useEffect(() => () => void (controls.current = null), [controls]);
  const walk = useWalk({ root, folded }, actions, {
    selected,
    branched: root.id !== evaluation.tree.root,
    onSelect,
    onBranch,
  });
  const at = active ?? root.id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target as HTMLElement).dataset.id) return;
    if (!walk(event, at)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { active: at, setActive, actions, onKeyDown };
}
