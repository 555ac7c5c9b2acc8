import type { KeyboardEvent } from 'react';
import { moveFor } from '../tree/navigate';
import type { Scene, TreeActions } from './useTreeActions';

const ZOOM = 1.25;
const PAN = 60;
const PANS: Record<string, [number, number]> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};

/** The keyboard on the canvas: Shift with arrows pans, + − 0 zoom, the rest walks the tree. */
export function useKeys(
  { root, folded, layout, camera }: Scene,
  active: string | null,
  actions: TreeActions,
  selected: string | null,
  onSelect: (key: string | null) => void,
) {
  const look = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const pan = PANS[key];
    if (shiftKey && pan) camera.panBy(...pan);
    else if (key === '+' || key === '=') camera.zoomBy(ZOOM);
    else if (key === '-') camera.zoomBy(1 / ZOOM);
    else if (key === '0') actions.fit();
    else return false;
    return true;
  };
  const walk = ({ key }: KeyboardEvent): boolean => {
    if (key === 'Escape' && selected !== null) {
      onSelect(null);
      return true;
    }
    const at = layout.byId.get(active ?? root.id)?.item ?? root;
    const move = moveFor(key, at, root, folded);
    if (move?.kind === 'focus') actions.show(move.id);
    if (move?.kind === 'toggle') actions.toggle(move.id);
    if (move?.kind === 'jump') actions.jump(move.key);
    if (move?.kind === 'select') onSelect(move.key === selected ? null : move.key);
    return move !== null;
  };
  return (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!look(event) && !walk(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
