import React, { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type MutableRefObject } from 'react';
import { t } from '../../i18n';
import { densityAt, type Density } from '../../tree/density';
import type { FactsOf } from '../../tree/facts';
import { reveal, type Folded } from '../../tree/fold';
import { layOut, type Growth, type Layout } from '../../tree/layout';
import type { Item, Outline } from '../../tree/outline';
import { bringIntoSight, keepInPlace, type View } from '../../tree/viewport';
import { Legend, Links } from '../../view/Links';
import { useCulling } from '../../view/useCulling';
import { useFocus } from '../../view/useFocus';
import { useLook } from '../../view/useLook';
import { useSize } from '../../view/useSize';
import { useTreeActions, type Scene } from '../../view/useTreeActions';
import { useZoom } from '../../view/useZoom';
import type { TreeDoc } from '../draft/document';
import { nameOf } from '../draft/structure';
import type { Mark } from './drawn';
import type { Held } from './drop';
import { EditCard } from './EditCard';
import { EditReference } from './EditReference';
import type { OnIntent } from './intents';
import { useDrag, type Drag } from './useDrag';
import { useEditKeys } from './useEditKeys';
import { useLasso } from './useLasso';

/** What the bar above asks of the canvas. */
export interface CanvasControls {
  zoomBy: (factor: number) => void;
  fit: () => void;
  refold: (folded: Folded) => void;
}

/** An item to go to; another object is another wish. */
export interface Wanted {
  id: string;
}

interface Props {
  doc: TreeDoc;
  outline: Outline & { root: Item };
  factsOf: FactsOf;
  marks: ReadonlyMap<string, Mark>;
  folded: Folded;
  onFold: (folded: Folded) => void;
  /** Ids of items, the one chosen last at the end. */
  selected: readonly string[];
  growth: Growth;
  /** Whether a drag over the empty canvas chooses, without Shift too. */
  lassoing: boolean;
  onSelect: (ids: string[]) => void;
  renaming: string | null;
  wanted: Wanted | null;
  onIntent: OnIntent;
  onOpenMark: (key: string) => void;
  controls: MutableRefObject<CanvasControls | null>;
}

/** The tree as cards and lines, to be edited. */
export function EditCanvas(props: Props) {
  const { doc, outline, factsOf, marks, folded, onFold, selected, growth, lassoing, onSelect, renaming, wanted, onIntent, controls } = props;
  const { root } = outline;
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const size = useSize(canvas, { width: 800, height: 500 });
  const layout = useMemo(() => layOut(root, folded, growth), [root, folded, growth]);
  const { active, setActive, focus } = useFocus(canvas, root.id);
  const { near, nearLinks, look } = useCulling(layout, size, active);
  const [density, setDensity] = useState<Density>('standard');
  const onView = useCallback(
    (view: View) => {
      look(view);
      setDensity(densityAt(view.k));
    },
    [look],
  );
  // The wheel always zooms here, where nothing else scrolls; a press on a card drags the card, with Shift a rectangle is drawn.
  const choosing = useRef(lassoing);
  choosing.current = lassoing;
  const mayPan = useCallback((event: Event) => event.type === 'wheel' || !(choosing.current || isShifted(event) || idAt(event.target as Element) !== null), []);
  const camera = useZoom(canvas, layer, size, onView, mayPan);
  const scene: Scene = { root, outline, folded, layout, growth, size, camera };
  const actions = useTreeActions(scene, onFold, focus);
  const { lasso, start: startLasso, drawn } = useLasso({ canvas, camera, layout }, (ids, more) => {
    onSelect(more ? [...new Set([...selected, ...ids])] : ids);
    // What the keyboard does next, it does to them.
    if (ids.length > 0) focus(ids[ids.length - 1]!);
  });
  const chosen = useMemo(() => new Set([...(lasso?.more === false ? [] : selected), ...(lasso?.ids ?? [])]), [selected, lasso]);
  const at = active !== null && layout.byId.has(active) ? active : root.id;
  const onKeyDown = useEditKeys(scene, { active: at, actions, selected: chosen, onSelect, onIntent });
  useLook(scene, undefined, selected[selected.length - 1] ?? null);
  useEffect(() => look(camera.view()), [look, camera, layout, size]);
  useStay(layout, at, scene);
  useHeir(layout, active, focus);
  useTurned(growth, actions.fit);
  // Where a name is being written, the keyboard stays in its field.
  const take = useCallback((id: string) => (id === renaming ? setActive(id) : focus(id)), [renaming, setActive, focus]);
  useWanted(wanted, scene, onFold, take);
  controls.current = { zoomBy: camera.zoomBy, fit: actions.fit, refold: actions.refold };

  const heldFrom = useCallback((id: string) => heldBy(layout, chosen.has(id) ? [...chosen] : [id]), [layout, chosen]);
  const onDrop = useCallback(
    ({ held, drop, further }: Drag & { drop: NonNullable<Drag['drop']> }) => onIntent({ do: 'drop', held, drop, further }),
    [onIntent],
  );
  const { drag, start, dragged } = useDrag({ canvas, camera, layout, growth, doc }, heldFrom, onDrop);

  const press = (event: React.PointerEvent) => {
    const target = event.target as Element;
    const id = idAt(target);
    const connecting = target.closest('[data-connect]') !== null;
    if (id !== null && (connecting || !target.closest('button, input'))) start(event, id, connecting);
    else if (id === null && (lassoing || event.shiftKey)) startLasso(event, event.shiftKey || event.ctrlKey || event.metaKey);
  };
  const choose = (event: React.MouseEvent) => {
    if (dragged.current || drawn.current) {
      dragged.current = drawn.current = false;
      event.stopPropagation();
      return;
    }
    const target = event.target as Element;
    if (target.closest('button, input')) return;
    const id = idAt(target);
    if (id === null) onSelect([]);
    else if (event.ctrlKey || event.metaKey) onSelect(chosen.has(id) ? selected.filter(one => one !== id) : [...selected, id]);
    else if (event.shiftKey) onSelect([...selected.filter(one => one !== id), id]);
    else onSelect([id]);
  };

  return (
    <div
      ref={canvas}
      className={`kpi-canvas kpi-engaged kpi-grows-${growth} ${drag ? 'kpi-dragging' : ''} ${lassoing ? 'kpi-lassoing' : ''}`}
      data-test="kpi-canvas"
      onKeyDown={onKeyDown}
      onPointerDown={press}
      onClickCapture={event => (dragged.current || drawn.current) && choose(event)}
      onClick={choose}
      // A focused card must not scroll what only the camera may move.
      onScroll={event => event.currentTarget.scrollTo?.(0, 0)}
    >
      <div ref={layer} className={`kpi-layer kpi-layer-${density}`} role="tree" aria-multiselectable aria-label={doc.name} data-test="kpi-layer">
        <Links layout={layout} shown={nearLinks} growth={growth} density={density} />
        {near.map(({ item, box }) => {
          const siblings = item.parent?.children ?? [item];
          const shared = {
            item,
            box,
            facts: factsOf(item.node.key),
            mark: marks.get(item.node.key),
            active: item.id === at,
            selected: chosen.has(item.id),
            held: drag?.held.some(one => one.key === item.node.key) ?? false,
            siblings: siblings.length,
            position: siblings.indexOf(item) + 1,
            onActivate: setActive,
          };
          return item.kind === 'reference' ? (
            <EditReference key={item.id} {...shared} onJump={actions.jump} />
          ) : (
            <EditCard
              key={item.id}
              {...shared}
              folded={folded.has(item.id)}
              renaming={renaming === item.id}
              density={density}
              onToggle={actions.toggle}
              onIntent={onIntent}
              onOpenMark={props.onOpenMark}
            />
          );
        })}
        {lasso && <div className="kpi-lasso" style={{ left: lasso.box.x, top: lasso.box.y, width: lasso.box.width, height: lasso.box.height }} data-test="kpi-lasso" />}
        {drag?.drop && <DropSign drop={drag.drop} further={drag.further} />}
      </div>
      {drag && <Carried doc={doc} drag={drag} />}
      <Legend />
      <span className="kpi-sr">{t('Press ? for the keys that edit the tree. Escape gives the Tab key back.')}</span>
    </div>
  );
}

const isShifted = (event: Event): boolean => 'shiftKey' in event && event.shiftKey === true;

const idAt = (target: Element): string | null => target.closest<HTMLElement>('[data-id]')?.dataset.id ?? null;

function heldBy(layout: Layout, ids: string[]): Held[] {
  return ids.flatMap(id => {
    const item = layout.byId.get(id)?.item;
    return item?.parent ? [{ key: item.node.key, parent: item.parent.node.key }] : [];
  });
}

/** Shows the whole tree once it grows the other way. */
function useTurned(growth: Growth, fit: () => void): void {
  const before = useRef(growth);
  useEffect(() => {
    if (before.current !== growth) fit();
    before.current = growth;
  }, [growth, fit]);
}

/** Keeps the item that has the keyboard where it is on the screen while an edit moves the rest. */
function useStay(layout: Layout, id: string, { camera }: Scene): void {
  const before = useRef(layout);
  useLayoutEffect(() => {
    const [was, is] = [before.current.byId.get(id), layout.byId.get(id)];
    const moved = was && is && (was.box.x !== is.box.x || was.box.y !== is.box.y);
    if (before.current !== layout && moved && camera.held()) camera.moveTo(keepInPlace(camera.view(), was.box, is.box));
    before.current = layout;
  }, [layout, id, camera]);
}

/** Where an edit took the item that had the keyboard, as undoing its addition does, the nearest one above it has it. */
function useHeir(layout: Layout, active: string | null, focus: (id: string) => void): void {
  const before = useRef(layout);
  useEffect(() => {
    const was = before.current;
    before.current = layout;
    const gone = active !== null && !layout.byId.has(active) ? was.byId.get(active)?.item : undefined;
    if (!gone || document.activeElement !== document.body) return;
    let heir = gone.parent;
    while (heir && !layout.byId.has(heir.id)) heir = heir.parent;
    if (heir) focus(heir.id);
  }, [layout, active, focus]);
}

/** Goes to an item as soon as it stands there: unfolds what hides it, brings it into sight and focuses it. */
function useWanted(wanted: Wanted | null, { outline, folded, layout, size, camera }: Scene, onFold: (folded: Folded) => void, focus: (id: string) => void): void {
  const met = useRef<Wanted | null>(null);
  useEffect(() => {
    if (!wanted || met.current === wanted) return;
    const placed = layout.byId.get(wanted.id);
    if (placed) {
      met.current = wanted;
      const to = bringIntoSight(camera.view(), placed.box, size);
      camera.hold();
      camera.moveTo(to, true);
      focus(wanted.id);
    } else if (outline.byKey.has(wanted.id)) {
      onFold(reveal(outline, folded, wanted.id));
    }
  }, [wanted, outline, folded, layout, size, camera, onFold, focus]);
}

function DropSign({ drop: { box, kind, problem }, further }: { drop: NonNullable<Drag['drop']>; further: boolean }) {
  const className = `kpi-drop kpi-drop-${kind} ${problem ? 'kpi-drop-refused' : ''} ${further ? 'kpi-drop-further' : ''}`;
  return <div className={className} style={{ left: box.x, top: box.y, width: box.width, height: box.height }} data-test="kpi-drop" data-kind={kind} data-refused={problem !== null} />;
}

/** What is carried, and what letting go would do. */
function Carried({ doc, drag: { held, pointer, drop, further } }: { doc: TreeDoc; drag: Drag }) {
  const what = held.length === 1 ? nameOf(doc, held[0]!.key) : t('{count} KPIs', { count: held.length });
  const told = drop?.problem ?? (drop && further ? t('Link to {parent} as well', { parent: nameOf(doc, drop.parent) }) : null);
  return (
    <div className="kpi-carried" style={{ transform: `translate(${pointer.x + 14}px,${pointer.y + 12}px)` }} role="status" data-test="kpi-carried">
      <b>{what}</b>
      {told && <span className={drop?.problem ? 'kpi-refused' : ''}>{told}</span>}
    </div>
  );
}
