import { useRef, type KeyboardEvent } from 'react';
import { visible } from '../tree/fold';
import { moveFor } from '../tree/navigate';
import { typeAhead } from '../tree/search';
import type { Scene, TreeActions } from './useTreeActions';

const ZOOM = 1.25;
const PAN = 60;
const PANS: Record<string, [number, number]> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};
/** Milliseconds after which a letter begins a new word. */
const TYPING = 700;

interface Choices {
  selected: string | null;
  /** Whether a branch alone is shown. */
  branched: boolean;
  onSelect: (key: string | null) => void;
  onBranch: (key: string | null) => void;
}

type Walk = Pick<TreeActions, 'show' | 'toggle' | 'jump'>;

/** Walking the tree, the same in every layout: arrows, Home, End, Enter, Space, Escape and the letters of a name. */
export function useWalk({ root, folded }: Pick<Scene, 'root' | 'folded'>, actions: Walk, choices: Choices) {
  const { selected, branched, onSelect, onBranch } = choices;
  const typing = useRef({ text: '', at: 0 });

  const type = (letter: string, from: string): boolean => {
    const now = Date.now();
    const before = now - typing.current.at < TYPING ? typing.current.text : '';
    if (letter === ' ' && !before) return false;
    typing.current = { text: before + letter, at: now };
    const items = visible(root, folded);
    const found = typeAhead(items, items.findIndex(({ id }) => id === from), typing.current.text);
    if (found) actions.show(found.id);
    return true;
  };

  return ({ key, shiftKey }: KeyboardEvent, active: string): boolean => {
    const at = visible(root, folded).find(({ id }) => id === active) ?? root;
    if (key === 'Escape') {
      if (selected !== null) onSelect(null);
      else if (branched) onBranch(null);
      return selected !== null || branched;
    }
    if (key === 'Enter' && shiftKey) {
      onBranch(at.node.key);
      return true;
    }
    if ([...key].length === 1 && type(key, at.id)) return true;
    typing.current = { text: '', at: 0 };
    const move = moveFor(key, at, root, folded);
    if (move?.kind === 'focus') actions.show(move.id);
    if (move?.kind === 'toggle') actions.toggle(move.id);
    if (move?.kind === 'jump') actions.jump(move.key);
    if (move?.kind === 'select') onSelect(move.key === selected ? null : move.key);
    return move !== null;
  };
}

/** The keyboard on the canvas: Shift with arrows pans, + − 0 zoom, the rest walks the tree. */
export function useKeys(scene: Scene, active: string | null, actions: TreeActions, choices: Choices) {
  const { root, layout, camera } = scene;
  const walk = useWalk(scene, actions, choices);
  const look = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const pan = PANS[key];
    if (shiftKey && pan) camera.panBy(...pan);
    else if (key === '+' || key === '=') camera.zoomBy(ZOOM);
    else if (key === '-') camera.zoomBy(1 / ZOOM);
    else if (key === '0') actions.fit();
    else return false;
    return true;
  };
  return (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = active !== null && layout.byId.has(active) ? active : root.id;
    if (!look(event) && !walk(event, at)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
