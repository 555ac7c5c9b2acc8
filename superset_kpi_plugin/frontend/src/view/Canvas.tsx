import React, { useCallback, useEffect, useMemo, useRef, type MutableRefObject } from 'react';
import type { Evaluation } from '../api/types';
import { t } from '../i18n';
import type { Folded } from '../tree/fold';
import { layOut } from '../tree/layout';
import type { Item, Outline } from '../tree/outline';
import type { Size, View } from '../tree/viewport';
import { Items } from './Items';
import { Legend, Links } from './Links';
import { useCulling } from './useCulling';
import { useFirstLook } from './useFirstLook';
import { useFocus } from './useFocus';
import { useKeys } from './useKeys';
import { useSize } from './useSize';
import { useTreeActions, type Scene } from './useTreeActions';
import { useZoom } from './useZoom';

/** What the header's buttons ask of the canvas. */
export interface CanvasControls {
  zoomBy: (factor: number) => void;
  fit: () => void;
  refold: (folded: Folded) => void;
}

interface Props {
  evaluation: Evaluation;
  outline: Outline & { root: Item };
  folded: Folded;
  onFold: (folded: Folded) => void;
  selected: string | null;
  onSelect: (key: string | null) => void;
  /** The size until it is measured. */
  guess: Size;
  lookAt: View | undefined;
  onLook: (view: View) => void;
  controls: MutableRefObject<CanvasControls | null>;
}

const ROOM_FOR_LEGEND = { width: 520, height: 300 };

export function Canvas(props: Props) {
  const { evaluation, outline, folded, onFold, selected, onSelect, guess, lookAt, onLook, controls } = props;
  const { root } = outline;
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const size = useSize(canvas, guess);
  const layout = useMemo(() => layOut(root, folded), [root, folded]);
  const { active, setActive, focus } = useFocus(canvas, root.id);
  const { near, nearLinks, look } = useCulling(layout, size, active);
  const onView = useCallback(
    (view: View, held: boolean) => {
      look(view);
      if (held) onLook(view);
    },
    [look, onLook],
  );
  const camera = useZoom(canvas, layer, size, onView);
  const scene: Scene = { root, outline, folded, layout, size, camera };
  const actions = useTreeActions(scene, onFold, focus);
  const onKeyDown = useKeys(scene, active, actions, selected, onSelect);
  useFirstLook(scene, lookAt);
  useEffect(() => look(camera.view()), [look, camera, layout]);
  controls.current = {
    zoomBy: camera.zoomBy,
    fit: actions.fit,
    refold: actions.refold,
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
        <Items
          placed={near}
          results={evaluation.nodes}
          folded={folded}
          active={active !== null && layout.byId.has(active) ? active : root.id}
          selected={selected}
          actions={actions}
          onSelect={onSelect}
          onActivate={setActive}
        />
      </div>
      {size.width > ROOM_FOR_LEGEND.width && size.height > ROOM_FOR_LEGEND.height && <Legend />}
      <span className="kpi-sr">{t('Arrow keys move, Enter folds, Space opens details, plus and minus zoom, Shift with arrows pans.')}</span>
    </div>
  );
}
