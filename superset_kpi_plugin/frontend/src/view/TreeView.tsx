import React, { useCallback, useMemo, useRef, useState } from 'react';
import type { Evaluation } from '../api/types';
import type { KpiTreeChartProps } from '../chart/types';
import { foldAll, unfoldAll } from '../tree/fold';
import { buildOutline, type Item, type Outline } from '../tree/outline';
import type { View } from '../tree/viewport';
import { Canvas, type CanvasControls } from './Canvas';
import { Header } from './Header';
import { recall } from './memory';
import { Notices } from './Notices';
import { EmptyTree } from './States';
import { useFolding } from './useFolding';

type Props = Pick<KpiTreeChartProps, 'width' | 'height' | 'chartId' | 'initialDepth' | 'unsupportedFilters'> & {
  evaluation: Evaluation;
};

const HEADER_HEIGHT = 60;
const BUTTON_ZOOM = 1.3;

/** A tree with its numbers: the header, the notices and the canvas. */
export function TreeView({ evaluation, width, height, chartId, initialDepth, unsupportedFilters }: Props) {
  const { tree } = evaluation;
  const outline = useOutline(evaluation);
  const memory = recall(chartId, tree.uuid);
  const [folded, setFolded] = useFolding(outline, initialDepth, memory);
  // The node whose details are open.
  const [selected, onSelect] = useState<string | null>(null);
  const controls = useRef<CanvasControls | null>(null);
  const onLook = useCallback((view: View) => void (memory.view = view), [memory]);
  const tools = useMemo(
    () => ({
      zoomIn: () => controls.current?.zoomBy(BUTTON_ZOOM),
      zoomOut: () => controls.current?.zoomBy(1 / BUTTON_ZOOM),
      fit: () => controls.current?.fit(),
      unfold: () => controls.current?.refold(unfoldAll),
      fold: () => controls.current?.refold(foldAll(outline)),
    }),
    [outline],
  );
  return (
    <>
      <Header evaluation={evaluation} tools={tools} />
      <Notices evaluation={evaluation} unsupportedFilters={unsupportedFilters} />
      {hasRoot(outline) ? (
        <div className="kpi-body">
          <Canvas
            evaluation={evaluation}
            outline={outline}
            folded={folded}
            onFold={setFolded}
            selected={selected}
            onSelect={onSelect}
            guess={{ width, height: Math.max(height - HEADER_HEIGHT, 1) }}
            lookAt={memory.view}
            onLook={onLook}
            controls={controls}
          />
        </div>
      ) : (
        <EmptyTree name={tree.name} />
      )}
    </>
  );
}

/** The same outline for as long as the tree's structure is the same, whatever its numbers. */
function useOutline({ tree }: Evaluation): Outline {
  const structure = JSON.stringify([tree.root, tree.nodes, tree.links]);
  const ref = useRef<{ structure: string; outline: Outline } | null>(null);
  if (ref.current?.structure !== structure) ref.current = { structure, outline: buildOutline(tree) };
  return ref.current.outline;
}

function hasRoot(outline: Outline): outline is Outline & { root: Item } {
  return outline.root !== null;
}
