import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import type { Box, Layout } from '../../tree/layout';
import { overlap } from '../../tree/viewport';
import type { Camera } from '../../view/useZoom';

export interface Lasso {
  /** In the layer's own units, so that it stays where it was begun when the canvas moves. */
  box: Box;
  /** The ids of the items it touches, in reading order. */
  ids: string[];
  /** Whether they are chosen besides what is. */
  more: boolean;
}

interface Scene {
  canvas: RefObject<HTMLElement>;
  camera: Camera;
  layout: Layout;
}

/** A press becomes a rectangle after so many pixels. */
const THRESHOLD = 4;
/** So near its edge the canvas moves along. */
const EDGE = 28;
const PAN = 14;

/** A rectangle drawn over the empty canvas, which chooses what it touches; Escape lets go. */
export function useLasso(scene: Scene, onChoose: (ids: string[], more: boolean) => void) {
  const [lasso, setLasso] = useState<Lasso | null>(null);
  const latest = useRef({ scene, onChoose });
  latest.current = { scene, onChoose };
  const stop = useRef<(() => void) | null>(null);
  /** A press that became a rectangle ends in a click that means nothing. */
  const drawn = useRef(false);

  const start = useCallback((event: ReactPointerEvent, more: boolean) => {
    if (event.button !== 0) return;
    const pressed = { x: event.clientX, y: event.clientY };
    const from = placed(latest.current.scene, pressed);
    let current: Lasso | null = null;
    drawn.current = false;

    const move = (moved: PointerEvent) => {
      const at = { x: moved.clientX, y: moved.clientY };
      if (!current && Math.hypot(at.x - pressed.x, at.y - pressed.y) < THRESHOLD) return;
      drawn.current = true;
      panAlong(latest.current.scene, at);
      const to = placed(latest.current.scene, at);
      const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
      current = { box, more, ids: latest.current.scene.layout.placed.filter(one => overlap(one.box, box)).map(({ item }) => item.id) };
      setLasso(current);
    };
    const end = () => {
      stop.current?.();
      if (current) latest.current.onChoose(current.ids, more);
    };
    const key = (pressedKey: KeyboardEvent) => {
      if (pressedKey.key !== 'Escape' || !current) return;
      pressedKey.preventDefault();
      pressedKey.stopPropagation();
      stop.current?.();
    };
    stop.current?.();
    const letGo = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', letGo);
      window.removeEventListener('keydown', key, true);
      stop.current = null;
      setLasso(null);
    };
    stop.current = letGo;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', letGo);
    window.addEventListener('keydown', key, true);
  }, []);
  useEffect(() => () => stop.current?.(), []);

  return { lasso, start, drawn };
}

/** A point of the screen, in the layer's own units. */
function placed({ canvas, camera }: Scene, { x, y }: { x: number; y: number }): { x: number; y: number } {
  const frame = canvas.current!.getBoundingClientRect();
  const view = camera.view();
  return { x: (x - frame.left - view.x) / view.k, y: (y - frame.top - view.y) / view.k };
}

function panAlong({ canvas, camera }: Scene, { x, y }: { x: number; y: number }): void {
  const frame = canvas.current!.getBoundingClientRect();
  const toward = (at: number, length: number) => (at < EDGE ? PAN : at > length - EDGE ? -PAN : 0);
  const [panX, panY] = [toward(x - frame.left, frame.width), toward(y - frame.top, frame.height)];
  if (panX || panY) camera.panBy(panX, panY);
}
