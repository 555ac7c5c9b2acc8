import React, { useCallback, useEffect, useMemo, useRef, useState, type ComponentType } from 'react';
import type { Evaluation } from '../api/types';
import type { KpiTreeChartProps } from '../chart/types';
import { factsOf } from '../tree/facts';
import { NO_FILTER } from '../tree/filter';
import { foldAll, unfoldAll } from '../tree/fold';
import type { LayoutKind } from '../tree/kinds';
import type { Item, Outline } from '../tree/outline';
import { foldAllBut, offTrack } from '../tree/trouble';
import type { View } from '../tree/viewport';
import { Answers } from './Answers';
import { Breadcrumbs } from './Breadcrumbs';
import { Cached } from './Cached';
import { Canvas } from './Canvas';
import { Filters } from './Filters';
import { Header } from './Header';
import { Heatmap } from './heatmap/Heatmap';
import { Icicle } from './Icicle';
import { recall } from './memory';
import { entriesFor } from './menu/entries';
import { useNodeMenu } from './menu/useNodeMenu';
import { Notices } from './Notices';
import { OutlineTable } from './outline/OutlineTable';
import { useDesk } from './panel/useDesk';
import type { PictureControls, PictureProps } from './picture';
import { Marks } from './proof/marks';
import { useLinkProof } from './proof/useLinkProof';
import { Search } from './Search';
import { EmptyTree } from './States';
import { Toolbar } from './Toolbar';
import { useFolding } from './useFolding';
import { usePicture } from './usePicture';

type Props = KpiTreeChartProps & { evaluation: Evaluation; onRefresh: () => void };

const HEADER_HEIGHT = 120;
const BUTTON_ZOOM = 1.3;

const PICTURES: Record<LayoutKind, ComponentType<PictureProps & Pick<KpiTreeChartProps, 'by' | 'request' | 'chartId' | 'crossFilter'>>> = {
  right: Canvas,
  down: Canvas,
  outline: OutlineTable,
  icicle: Icicle,
  heatmap: Heatmap,
};

/** A tree with its numbers: the header, the answers, the notices and the picture. */
export function TreeView(props: Props) {
  const { width, height, chartId, initialDepth, unsupportedFilters } = props;
  const memory = recall(chartId, props.evaluation.tree.uuid);
  const desk = useDesk({ ...props, memory });
  const proof = useLinkProof(props.tree ?? props.evaluation.tree.uuid, props.request, props.evaluation, memory);
  const evaluation = desk.shown;
  const { tree, nodes } = evaluation;
  const picture = usePicture(evaluation, { choice: props.layout, initialDepth, width, height: Math.max(height - HEADER_HEIGHT, 1) }, memory);
  const { kind, whole, outline, branch, setBranch, setFilter } = picture;
  const [folded, setFolded] = useFolding(whole, initialDepth, memory);
  const facts = useMemo(() => factsOf(evaluation), [evaluation]);
  const controls = useRef<PictureControls | null>(null);
  const moved = picture.identity === memory.viewOf ? memory.view : undefined;
  const onLook = useCallback(
    (view: View) => Object.assign(memory, { view, viewOf: picture.identity }),
    [memory, picture.identity],
  );

  // A node to go to may have to be brought back into the picture first.
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null || !outline.byKey.has(wanted)) return;
    controls.current?.jump(wanted);
    setWanted(null);
  }, [wanted, outline]);
  const goTo = useCallback(
    (key: string) => {
      if (!outline.byKey.has(key)) {
        setBranch(null);
        setFilter(NO_FILTER);
      }
      setWanted(key);
    },
    [outline, setBranch, setFilter],
  );
  const showBranch = useCallback(
    (key: string | null) => {
      setBranch(key);
      setWanted(key ?? branch?.node.key ?? null);
    },
    [branch, setBranch],
  );

  const behind = useMemo(() => offTrack(whole, nodes), [whole, nodes]);
  const showBehind = () => {
    setBranch(null);
    setFilter(NO_FILTER);
    const next = foldAllBut(whole, behind);
    if (outline === whole) controls.current?.refold(next);
    else setFolded(next);
  };
  const handlers = useMemo(
    () => ({
      zoomIn: () => controls.current?.zoomBy?.(BUTTON_ZOOM),
      zoomOut: () => controls.current?.zoomBy?.(1 / BUTTON_ZOOM),
      fit: () => controls.current?.fit?.(),
      unfold: () => controls.current?.refold(unfoldAll),
      fold: () => controls.current?.refold(foldAll(outline)),
    }),
    [outline],
  );
  const nodeMenu = useNodeMenu(pressed =>
    entriesFor(pressed, {
      evaluation,
      request: props.request,
      branch: branch?.node.key ?? null,
      crossFilter: props.crossFilter ?? null,
      onOpen: desk.openFor,
      onBranch: showBranch,
    }),
  );
  const Picture = PICTURES[kind];
  return (
    <>
      <Header evaluation={evaluation} mark={<Cached queries={props.evaluation.queries} onRefresh={props.onRefresh} />}>
        <Toolbar kind={kind} onKind={picture.setKind} handlers={handlers} behind={behind.length} onBehind={showBehind} proof={proof.on} onProof={proof.toggle}>
          <Search nodes={tree.nodes} results={nodes} onGo={goTo} />
          <Filters evaluation={evaluation} filter={picture.filter} onFilter={setFilter} />
        </Toolbar>
      </Header>
      {desk.banner}
      <Answers evaluation={evaluation} outline={whole} onGo={goTo} />
      <Notices evaluation={evaluation} unsupportedFilters={unsupportedFilters} />
      {proof.bar}
      {branch && <Breadcrumbs at={branch} onBranch={showBranch} />}
      {hasRoot(outline) ? (
        <Marks.Provider value={proof.markOf}>
          <div className={`kpi-body ${desk.className}`} {...nodeMenu.handlers}>
            <Picture
              key={picture.identity}
              kind={kind}
              evaluation={evaluation}
              outline={outline}
              factsOf={facts}
              matched={picture.matched}
              folded={folded}
              onFold={setFolded}
              selected={desk.selected}
              onSelect={desk.select}
              onBranch={showBranch}
              guess={{ width, height: Math.max(height - HEADER_HEIGHT, 1) }}
              lookAt={moved}
              onLook={onLook}
              controls={controls}
              by={props.by}
              request={props.request}
              chartId={chartId}
              crossFilter={props.crossFilter}
            />
            {desk.panel}
            {nodeMenu.menu}
          </div>
        </Marks.Provider>
      ) : (
        <EmptyTree name={tree.name} />
      )}
    </>
  );
}

function hasRoot(outline: Outline): outline is Outline & { root: Item } {
  return outline.root !== null;
}
