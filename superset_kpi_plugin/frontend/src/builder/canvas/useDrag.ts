import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import type { Growth, Layout } from '../../tree/layout';
import type { Camera } from '../../view/useZoom';
import type { TreeDoc } from '../draft/document';
import { dropAt, type Drop, type Held } from './drop';

export interface Drag {
  held: Held[];
  /** Whether the cards are put there as well, and stay where they are. */
  further: boolean;
  /** Where the pointer is, from the canvas's corner. */
  pointer: { x: number; y: number };
  drop: Drop | null;
}

interface Scene {
  canvas: RefObject<HTMLElement>;
  camera: Camera;
  layout: Layout;
  growth: Growth;
  doc: TreeDoc;
}

/** A press becomes a drag after so many pixels. */
const THRESHOLD = 5;
/** So near its edge the canvas moves along. */
const EDGE = 36;
const PAN = 14;

/** Cards that are dragged by pointer to another place, or with Ctrl to one place more; Escape lets go. */
export function useDrag(scene: Scene, heldFrom: (id: string) => Held[], onDrop: (drag: Drag & { drop: Drop }) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef({ scene, onDrop });
  latest.current = { scene, onDrop };
  const stop = useRef<(() => void) | null>(null);
  /** A press that became a drag ends in a click that means nothing. */
  const dragged = useRef(false);

  const start = useCallback(
    (event: ReactPointerEvent, id: string, connecting: boolean) => {
      const held = heldFrom(id);
      if (event.button !== 0 || held.length === 0) return;
      const from = { x: event.clientX, y: event.clientY };
      let current: Drag | null = null;
      dragged.current = false;

      const update = (x: number, y: number, further: boolean) => {
        const { canvas, camera, layout, growth, doc } = latest.current.scene;
        const frame = canvas.current!.getBoundingClientRect();
        const pointer = { x: x - frame.left, y: y - frame.top };
        const toward = (at: number, length: number) => (at < EDGE ? PAN : at > length - EDGE ? -PAN : 0);
        const [panX, panY] = [toward(pointer.x, frame.width), toward(pointer.y, frame.height)];
        if (panX || panY) camera.panBy(panX, panY);
        const view = camera.view();
        const point = { x: (pointer.x - view.x) / view.k, y: (pointer.y - view.y) / view.k };
        current = { held, further, pointer, drop: dropAt(doc, layout, point, held, further, growth) };
        setDrag(current);
      };
      const move = (moved: PointerEvent) => {
        if (!current && Math.hypot(moved.clientX - from.x, moved.clientY - from.y) < THRESHOLD) return;
        dragged.current = true;
        update(moved.clientX, moved.clientY, connecting || moved.ctrlKey || moved.metaKey);
      };
      const end = () => {
        stop.current?.();
        if (current?.drop) latest.current.onDrop({ ...current, drop: current.drop });
      };
      const key = (pressed: KeyboardEvent) => {
        if (pressed.key !== 'Escape' || !current) return;
        pressed.preventDefault();
        pressed.stopPropagation();
        stop.current?.();
      };
      stop.current?.();
      stop.current = () => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', end);
        window.removeEventListener('pointercancel', stop.current!);
        window.removeEventListener('keydown', key, true);
        stop.current = null;
        setDrag(null);
      };
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', end);
      window.addEventListener('pointercancel', stop.current);
      window.addEventListener('keydown', key, true);
    },
    [heldFrom],
  );
  useEffect(() => () => stop.current?.(), []);

  return { drag, start, dragged };
}
