import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../i18n';
import { densityAt, type Density } from '../tree/density';
import { layOut, type Growth } from '../tree/layout';
import type { View } from '../tree/viewport';
import { Items } from './Items';
import { Legend, Links } from './Links';
import type { PictureProps } from './picture';
import { useCulling } from './useCulling';
import { useEngagement } from './useEngagement';
import { useFocus } from './useFocus';
import { useKeys } from './useKeys';
import { useLook } from './useLook';
import { useSize } from './useSize';
import { useTreeActions, type Scene } from './useTreeActions';
import { useZoom } from './useZoom';

const ROOM_FOR_LEGEND = { width: 520, height: 300 };

/** The tree as cards and lines, from left to right or from the top down. */
export function Canvas(props: PictureProps) {
  const { evaluation, outline, factsOf, matched, folded, onFold, selected, onSelect, onBranch, onLook, controls } = props;
  const { root } = outline;
  const growth: Growth = props.kind === 'down' ? 'down' : 'right';
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const size = useSize(canvas, props.guess);
  const layout = useMemo(() => layOut(root, folded, growth), [root, folded, growth]);
  const { active, setActive, focus } = useFocus(canvas, root.id);
  const { near, nearLinks, look } = useCulling(layout, size, active);
  const [density, setDensity] = useState<Density>('standard');
  const onView = useCallback(
    (view: View, held: boolean) => {
      look(view);
      setDensity(densityAt(view.k));
      if (held) onLook(view);
    },
    [look, onLook],
  );
  const { engaged, hint, mayZoom } = useEngagement(canvas);
  const camera = useZoom(canvas, layer, size, onView, mayZoom);
  const scene: Scene = { root, outline, folded, layout, growth, size, camera };
  const actions = useTreeActions(scene, onFold, focus);
  const onKeyDown = useKeys(scene, active, actions, { selected, branched: root.id !== evaluation.tree.root, onSelect, onBranch });
  useLook(scene, props.lookAt, selected);
  useEffect(() => look(camera.view()), [look, camera, layout, size]);
  controls.current = { zoomBy: camera.zoomBy, fit: actions.fit, refold: actions.refold, jump: actions.jump };

  return (
    <div
      ref={canvas}
      className={`kpi-canvas kpi-grows-${growth} ${engaged ? 'kpi-engaged' : ''}`}
      data-test="kpi-canvas"
      onKeyDown={onKeyDown}
      // A focused card must not scroll what only the camera may move.
      onScroll={event => event.currentTarget.scrollTo?.(0, 0)}
    >
      <div ref={layer} className={`kpi-layer kpi-layer-${density}`} role="tree" aria-label={evaluation.tree.name} data-test="kpi-layer">
        <Links layout={layout} shown={nearLinks} growth={growth} density={density} />
        <Items
          placed={near}
          factsOf={factsOf}
          matched={matched}
          density={density}
          growth={growth}
          folded={folded}
          active={active !== null && layout.byId.has(active) ? active : root.id}
          selected={selected}
          actions={actions}
          onSelect={onSelect}
          onBranch={onBranch}
          onActivate={setActive}
        />
      </div>
      {size.width > ROOM_FOR_LEGEND.width && size.height > ROOM_FOR_LEGEND.height && <Legend />}
      {hint > 0 && (
        <div key={hint} className="kpi-hint" role="status" data-test="kpi-wheel-hint">
          {t('Click into the tree, or hold Ctrl or ⌘, to zoom with the wheel')}
        </div>
      )}
      <span className="kpi-sr">
        {t('Arrow keys move, Enter folds, Space opens details, letters find a name, Shift with Enter shows a branch alone, plus and minus zoom, Shift with arrows pans.')}
      </span>
    </div>
  );
}
