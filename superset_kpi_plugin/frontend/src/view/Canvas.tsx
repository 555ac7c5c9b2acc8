import React, { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MutableRefObject } from 'react';
import type { Evaluation } from '../api/types';
import { t } from '../i18n';
import { reveal, toggle, type Folded } from '../tree/fold';
import { layOut } from '../tree/layout';
import { moveFor } from '../tree/navigate';
import type { Item, Outline } from '../tree/outline';
import { bringIntoSight, fit, firstLook, keepInPlace, type Size, type View } from '../tree/viewport';
import { Card } from './Card';
import { Legend, Links } from './Links';
import { Reference } from './Reference';
import { useCulling } from './useCulling';
import { useFocus } from './useFocus';
import { useSize } from './useSize';
import { useZoom } from './useZoom';

/** What the header's buttons ask of the canvas. */
export interface CanvasControls {
  zoomBy: (factor: number) => void;
  fit: () => void;
  /** Folds, and looks at the result as at the first time. */
  refold: (folded: Folded) => void;
}

interface Props {
  evaluation: Evaluation;
  outline: Outline & { root: Item };
  folded: Folded;
  onFold: (folded: Folded) => void;
  guess: Size;
  lookAt: View | undefined;
  onLook: (view: View) => void;
  controls: MutableRefObject<CanvasControls | null>;
}

const KEY_ZOOM = 1.25;
const KEY_PAN = 60;
const PANS: Record<string, [number, number]> = {
  ArrowLeft: [KEY_PAN, 0],
  ArrowRight: [-KEY_PAN, 0],
  ArrowUp: [0, KEY_PAN],
  ArrowDown: [0, -KEY_PAN],
};

export function Canvas({ evaluation, outline, folded, onFold, guess, lookAt, onLook, controls }: Props) {
  const { root } = outline;
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const size = useSize(canvas, guess);
  const layout = useMemo(() => layOut(root, folded), [root, folded]);
  const { active, setActive, focus } = useFocus(canvas, root.id);
  const { near, nearLinks, look } = useCulling(layout, size, active);

  const seen = useCallback((view: View) => { look(view); onLook(view); }, [look, onLook]);
  const camera = useZoom(canvas, layer, size, seen);

  // The first look, and again for as long as the size settles and nobody has moved the canvas.
  const remembered = useRef(lookAt);
  useLayoutEffect(() => {
    if (camera.touched()) return;
    camera.moveTo(remembered.current ?? firstLook(layout.bounds, rootBox(layout, root), size));
    // eslint-disable-next-line -- a changed layout alone must not move the canvas
  }, [camera, size.width, size.height]);
  useEffect(() => look(camera.view()), [look, camera, layout]);

  const show = useCallback(
    (id: string, now: Folded) => {
      const box = layOut(root, now).byId.get(id)?.box;
      if (box) camera.moveTo(bringIntoSight(camera.view(), box, size), true);
      focus(id);
    },
    [root, camera, size, focus],
  );
  const onToggle = useCallback(
    (id: string) => {
      const next = toggle(folded, id);
      const [before, after] = [layout.byId.get(id), layOut(root, next).byId.get(id)];
      if (before && after) camera.moveTo(keepInPlace(camera.view(), before.box, after.box));
      remembered.current = camera.view();
      onFold(next);
      focus(id);
    },
    [folded, layout, root, camera, onFold, focus],
  );
  const onJump = useCallback(
    (key: string) => {
      const next = reveal(outline, folded, key);
      onFold(next);
      show(key, next);
    },
    [outline, folded, onFold, show],
  );

  controls.current = {
    zoomBy: camera.zoomBy,
    fit: () => camera.moveTo(fit(layout.bounds, size), true),
    refold: next => {
      const after = layOut(root, next);
      onFold(next);
      camera.moveTo(firstLook(after.bounds, rootBox(after, root), size));
      remembered.current = camera.view();
      setActive(root.id);
    },
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const act = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const pan = PANS[key];
    if (shiftKey && pan) camera.panBy(...pan);
    else if (key === '+' || key === '=') camera.zoomBy(KEY_ZOOM);
    else if (key === '-') camera.zoomBy(1 / KEY_ZOOM);
    else if (key === '0') controls.current?.fit();
    else return navigate(key);
    return true;
  };
  const navigate = (key: string): boolean => {
    const at = layout.byId.get(active ?? root.id)?.item ?? root;
    const move = moveFor(key, at, root, folded);
    if (move?.kind === 'focus') show(move.id, folded);
    if (move?.kind === 'toggle') onToggle(move.id);
    if (move?.kind === 'jump') onJump(move.key);
    return move !== null;
  };

  return (
    <div
      ref={canvas}
      className="kpi-canvas"
      data-test="kpi-canvas"
      onKeyDown={onKeyDown}
      // A focused card must not scroll what only the camera may move.
      onScroll={event => event.currentTarget.scrollTo?.(0, 0)}
    >
      <div ref={layer} className="kpi-layer" role="tree" aria-label={evaluation.tree.name} data-test="kpi-layer">
        <Links layout={layout} shown={nearLinks} />
        {near.map(({ item, box }) => {
          const shared = {
            item,
            box,
            result: evaluation.nodes[item.node.key],
            active: item.id === (layout.byId.has(active ?? '') ? active : root.id),
            siblings: item.parent?.children.length ?? 1,
            position: (item.parent?.children.indexOf(item) ?? 0) + 1,
            onActivate: setActive,
          };
          return item.kind === 'reference' ? (
            <Reference key={item.id} {...shared} onJump={onJump} />
          ) : (
            <Card key={item.id} {...shared} folded={folded.has(item.id)} onToggle={onToggle} />
          );
        })}
      </div>
      {size.width > 520 && size.height > 260 && <Legend />}
      <span className="kpi-sr">{t('Arrow keys move, Enter folds, plus and minus zoom, Shift with arrows pans.')}</span>
    </div>
  );
}

function rootBox(layout: ReturnType<typeof layOut>, root: Item) {
  return layout.byId.get(root.id)?.box ?? layout.bounds;
}
