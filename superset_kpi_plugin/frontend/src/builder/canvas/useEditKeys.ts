import { useRef, type KeyboardEvent } from 'react';
import { visible, type Folded } from '../../tree/fold';
import { moveFor } from '../../tree/navigate';
import type { Item } from '../../tree/outline';
import type { TreeActions } from '../../view/useTreeActions';
import type { Camera } from '../../view/useZoom';
import type { Step } from '../draft/steps';
import type { Intent, OnIntent } from './intents';

const ZOOM = 1.25;
const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };
const WITH_CTRL: Record<string, Intent['do']> = { c: 'copy', x: 'cut', v: 'paste', a: 'select all', z: 'undo', y: 'redo' };

interface Scene {
  root: Item;
  folded: Folded;
  camera: Camera;
}

interface Choices {
  active: string;
  actions: TreeActions;
  selected: ReadonlySet<string>;
  onSelect: (ids: string[]) => void;
  onIntent: OnIntent;
}

/**
 * The keyboard on the canvas: everything that the mouse can do.
 *
 * Tab adds a child, so that a tree is typed without a pause. Escape gives Tab back to the page until the next key.
 */
export function useEditKeys({ root, folded, camera }: Scene, choices: Choices) {
  const { active, actions, selected, onSelect, onIntent } = choices;
  const released = useRef(false);

  const select = (id: string, more: boolean) => {
    onSelect(more ? [...[...selected].filter(one => one !== id), id] : [id]);
    actions.show(id);
  };

  const walk = (key: string, more: boolean): boolean => {
    const at = visible(root, folded).find(({ id }) => id === active) ?? root;
    const move = moveFor(key, at, root, folded);
    if (move?.kind === 'focus') select(move.id, more);
    if (move?.kind === 'toggle') actions.toggle(move.id);
    return move?.kind === 'focus' || move?.kind === 'toggle';
  };

  const plain = (key: string, shift: boolean): boolean => {
    switch (key) {
      case 'Enter':
        return say({ do: 'sibling', id: active });
      case 'Tab':
        if (shift || released.current) return false;
        return say({ do: 'child', id: active });
      case 'F2':
        return say({ do: 'begin rename', id: active });
      case 'Delete':
      case 'Backspace':
        return say({ do: 'delete' });
      case ' ':
        select(active, false);
        return true;
      case '?':
        return say({ do: 'help' });
      case '+':
      case '=':
        camera.zoomBy(ZOOM);
        return true;
      case '-':
        camera.zoomBy(1 / ZOOM);
        return true;
      case '0':
        actions.fit();
        return true;
      case 'Escape':
        onSelect([]);
        return true;
      default:
        return walk(key, shift);
    }
  };

  const say = (intent: Intent): boolean => {
    onIntent(intent);
    return true;
  };

  const withCtrl = (key: string, shift: boolean): boolean => {
    if (key === ' ') {
      onSelect(selected.has(active) ? [...selected].filter(one => one !== active) : [...selected, active]);
      return true;
    }
    const wanted = shift && key.toLowerCase() === 'z' ? 'redo' : WITH_CTRL[key.toLowerCase()];
    return wanted !== undefined && say({ do: wanted } as Intent);
  };

  const withAlt = (key: string): boolean => {
    const step = STEPS[key];
    if (step) return say({ do: 'step', step });
    return key.toLowerCase() === 'p' && say({ do: 'connect' });
  };

  return (event: KeyboardEvent) => {
    if ((event.target as Element).closest('input, textarea')) return;
    const { key, shiftKey, altKey } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    const done = altKey ? !ctrl && withAlt(key) : ctrl ? withCtrl(key, shiftKey) : plain(key, shiftKey);
    released.current = key === 'Escape' || (released.current && (key === 'Shift' || key === 'Tab'));
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
