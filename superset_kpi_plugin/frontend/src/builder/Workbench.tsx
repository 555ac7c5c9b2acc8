import { Alert, App, Button } from 'antd';
import React, { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { t } from '../i18n';
import { usePage } from '../page/pageContext';
import { foldAll, unfoldAll, type Folded } from '../tree/fold';
import type { Item, Outline } from '../tree/outline';
import { cssVariables } from '../view/theme';
import { CanvasBar } from './CanvasBar';
import { drawn, marksOf, numbersOf, placeOf } from './canvas/drawn';
import { EditCanvas, type CanvasControls } from './canvas/EditCanvas';
import { ConflictDialog } from './dialogs/ConflictDialog';
import { ConnectDialog } from './dialogs/ConnectDialog';
import { DeleteDialog } from './dialogs/DeleteDialog';
import { HelpDialog } from './dialogs/HelpDialog';
import { MoveDialog } from './dialogs/MoveDialog';
import { PublishDialog } from './dialogs/PublishDialog';
import { asNewTree } from './draft/branch';
import { momentOf } from './draft/describe';
import type { TreeDoc } from './draft/document';
import type { Edit } from './draft/edits';
import type { Found } from './draft/find';
import { keyOfItem } from './draft/follow';
import { isChanged, outgoing, reduce, type Draft } from './draft/state';
import { nameOf, rootOf } from './draft/structure';
import { OtherDrafts } from './OtherDrafts';
import { SaveAlert } from './SaveAlert';
import { SidePanel, type Focus, type PanelTab } from './SidePanel';
import { TopBar } from './TopBar';
import { useChosen } from './useChosen';
import { useCommands } from './useCommands';
import { useGrowth } from './useGrowth';
import { useKeeping } from './useKeeping';
import { usePreview } from './usePreview';
import { useSaving } from './useSaving';

interface Props {
  opened: Draft;
  /** Under which the draft is kept. */
  id: string;
  /** What else is kept of the tree. */
  found: Pick<Found, 'left' | 'elsewhere'>;
  onLeave: () => void;
  onSaved: (tree: { uuid: string; slug: string }) => void;
}

/** The draft on the table: what it says, what can be done with it, and what becomes of it. */
export function Workbench({ opened, id, found, onLeave, onSaved }: Props) {
  const { tokens, viewer } = usePage();
  const { message } = App.useApp();
  const [draft, dispatch] = useReducer(reduce, opened);
  const doc = draft.history.present;
  const sent = useMemo(() => outgoing(draft), [draft]);
  const changed = useMemo(() => isChanged(draft), [draft]);
  const kept = useKeeping(draft, viewer.id, id);

  const edit = useCallback((change: Edit, label: string) => dispatch({ type: 'edit', change, label }), []);
  const undo = useCallback(() => dispatch({ type: 'undo' }), []);
  const redo = useCallback(() => dispatch({ type: 'redo' }), []);

  const chosen = useChosen(doc);
  const [asOf, setAsOf] = useState<string | null>(() => new URLSearchParams(window.location.search).get('as_of'));
  const previewing = usePreview(sent, asOf);
  const { preview } = previewing;
  const evaluation = preview?.evaluation ?? null;

  const tellSaved = useCallback(
    ({ uuid, slug }: TreeDoc) => {
      void message.success(t('Saved'));
      onSaved({ uuid: uuid ?? '', slug: slug ?? '' });
    },
    [message, onSaved],
  );
  const saving = useSaving(draft, dispatch, tellSaved);
  const { trouble, theirs } = saving;
  // What the server refused stays marked until the preview knows of it, or the save is tried again.
  const errors = useMemo(() => ({ ...trouble?.error.errors, ...preview?.errors }), [trouble, preview]);

  const outline = useMemo(() => drawn(doc, evaluation), [doc, evaluation]);
  const numbers = useMemo(() => numbersOf(doc, evaluation), [doc, evaluation]);
  const marks = useMemo(() => marksOf(doc, preview && { ...preview, errors }), [doc, preview, errors]);
  const [folded, setFolded] = useState<Folded>(unfoldAll);
  const [growth, setGrowth] = useGrowth();
  const [lassoing, setLassoing] = useState(false);
  const canvas = useRef<CanvasControls | null>(null);

  const [tab, setTab] = useState<PanelTab>('form');
  const [focus, setFocus] = useState<Focus>({ turn: 0 });
  const goTo = useCallback(
    (key: string | null, field: string | null, opens?: Focus['opens']) => {
      if (key === null) chosen.choose([]);
      else chosen.goTo(key);
      setTab('form');
      setFocus(({ turn }) => ({ field: field ?? undefined, opens, turn: turn + 1 }));
    },
    [chosen.choose, chosen.goTo],
  );
  const choose = useCallback(
    (ids: string[]) => {
      chosen.choose(ids);
      setTab('form');
      setFocus(({ field, turn }) => (field === undefined ? { turn } : { turn: turn + 1 }));
    },
    [chosen.choose],
  );
  const firstError = Object.keys(errors)[0];
  const goToErrors = () => {
    if (firstError === undefined) return;
    const { key, field } = placeOf(doc, firstError);
    goTo(key, field);
  };
  const refused = trouble?.kind === 'refused' ? trouble : null;
  const jump = useRef(goToErrors);
  jump.current = goToErrors;
  useEffect(() => {
    if (refused) jump.current();
  }, [refused]);

  const tell = useCallback((text: string) => void message.info(text), [message]);
  const commands = useCommands({ doc, outline, chosen, edit, undo, redo, tell });
  const { onIntent } = commands;

  const [asking, setAsking] = useState(false);
  const blocking = (preview?.findings ?? []).filter(({ severity }) => severity === 'blocking');
  const publish = (published: boolean) => {
    if (published && blocking.length > 0) setAsking(true);
    else void saving.save(published);
  };
  const save = useRef(() => {});
  save.current = () => {
    if (changed && !theirs) void saving.save();
  };
  useEditorKeys(undo, redo, save);

  const at = chosen.ids[chosen.ids.length - 1] ?? null;
  const published = draft.base?.published ?? false;
  return (
    <div className="kpi-editor" data-test="kpi-editor" data-tree={draft.base?.uuid ?? ''}>
      <TopBar
        {...{ doc, published, changed, kept }}
        history={draft.history}
        saving={saving.busy}
        errors={Object.keys(errors).length}
        findings={preview?.findings ?? []}
        onUndo={undo}
        onRedo={redo}
        onSave={save.current}
        onPublish={publish}
        onLeave={() => {
          if (changed) tell(t('Your changes are kept in this browser and come back when you open the editor again.'));
          onLeave();
        }}
        onSettings={() => choose([])}
        onErrors={goToErrors}
        onAdvice={() => setTab('advice')}
      />
      {trouble && (
        <SaveAlert
          trouble={trouble}
          onRetry={() => void saving.save()}
          onAsNew={() => {
            dispatch({ type: 'detached', doc: asNewTree(doc), label: t('Save as a new tree') });
            saving.forget();
          }}
          onErrors={goToErrors}
          onClose={saving.forget}
        />
      )}
      {draft.restored && (
        <Restored
          restored={draft.restored}
          onDrop={() => {
            const { base } = draft;
            if (base) edit(() => base, t('Drop the changes'));
            dispatch({ type: 'seen' });
          }}
          canDrop={draft.base !== null}
          onCompare={() => void saving.compare()}
          onClose={() => dispatch({ type: 'seen' })}
        />
      )}
      <OtherDrafts found={found} place={{ person: viewer.id, tree: opened.base?.uuid ?? null }} />
      <div className="kpi-editor-body">
        <section className="kpi-tree kpi-edit" style={cssVariables(tokens)} aria-label={t('The tree')}>
          <CanvasBar
            at={at}
            isRoot={chosen.key === rootOf(doc)}
            onIntent={onIntent}
            canvas={() => canvas.current}
            onFoldAll={() => canvas.current?.refold(foldAll(outline))}
            onUnfoldAll={() => canvas.current?.refold(unfoldAll)}
            previewing={previewing}
            asOf={asOf}
            onAsOf={setAsOf}
            {...{ growth, lassoing }}
            onGrow={setGrowth}
            onLasso={setLassoing}
          />
          {hasRoot(outline) && (
            <EditCanvas
              {...{ doc, outline, marks, folded, growth, lassoing, onIntent }}
              factsOf={numbers}
              onFold={setFolded}
              selected={chosen.ids}
              onSelect={choose}
              renaming={commands.renaming}
              wanted={chosen.wanted}
              onOpenMark={key => {
                chosen.choose([key]);
                setTab('advice');
              }}
              controls={canvas}
            />
          )}
        </section>
        <SidePanel
          {...{ doc, preview, errors, tab, focus, edit }}
          current={!previewing.busy && !previewing.error}
          nodeKey={chosen.key}
          count={chosen.keys.length}
          onTab={setTab}
          onGo={goTo}
          onAdd={key => onIntent({ do: 'child', id: key })}
        />
      </div>
      {commands.deleting && <DeleteDialog doc={doc} deleting={commands.deleting} onRemove={commands.remove} onClose={commands.close} />}
      {commands.connecting && <ConnectDialog doc={doc} keys={commands.connecting} onConnect={commands.connect} onClose={commands.close} />}
      {commands.leaving && <MoveDialog doc={doc} {...commands.leaving} onSettle={commands.settle} onClose={commands.close} />}
      {commands.helping && <HelpDialog onClose={commands.close} />}
      {asking && (
        <PublishDialog
          findings={blocking}
          onClose={() => setAsking(false)}
          onPublish={() => {
            setAsking(false);
            void saving.save(true);
          }}
        />
      )}
      {theirs && (
        <ConflictDialog
          base={draft.base}
          mine={sent}
          theirs={theirs}
          onClose={saving.dismiss}
          onSettle={(settled, labels, moved) => {
            moved.forEach(tell);
            saving.settle(settled, labels);
          }}
        />
      )}
      <span className="kpi-sr" role="status">{at === null ? '' : chosen.keys.length > 1 ? t('{count} KPIs are chosen', { count: chosen.keys.length }) : t('{name} is chosen', { name: nameOf(doc, keyOfItem(at)) })}</span>
    </div>
  );
}

interface RestoredProps {
  restored: NonNullable<Draft['restored']>;
  canDrop: boolean;
  onDrop: () => void;
  onCompare: () => void;
  onClose: () => void;
}

function Restored({ restored: { at, outdated }, canDrop, onDrop, onCompare, onClose }: RestoredProps) {
  const moment = momentOf(at);
  return (
    <Alert
      banner
      type={outdated ? 'warning' : 'info'}
      closable
      onClose={onClose}
      data-test="kpi-restored"
      data-outdated={outdated}
      message={t('Your changes of {moment} are back; they are not saved yet.', { moment })}
      description={outdated ? t('The tree has been saved elsewhere since.') : undefined}
      action={
        <>
          {outdated && <Button size="small" onClick={onCompare} data-test="kpi-restored-compare">{t('Compare')}</Button>}
          {canDrop && <Button size="small" type="text" onClick={onDrop} data-test="kpi-restored-drop">{t('Drop the changes')}</Button>}
        </>
      }
    />
  );
}

/** The keys that work all over the editor; in a field, undo is the field's own. */
function useEditorKeys(undo: () => void, redo: () => void, save: { readonly current: () => void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const writing = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable=true]') !== null;
      if (key === 's') save.current();
      else if (writing) return;
      else if (key === 'z' && !event.shiftKey) undo();
      else if ((key === 'z' && event.shiftKey) || key === 'y') redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo, save]);
}

function hasRoot(outline: Outline): outline is Outline & { root: Item } {
  return outline.root !== null;
}
