/** The editor of a tree: reads it, finds what was kept of it, and puts both on the workbench. */
import { Button, Spin } from 'antd';
import React, { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../api/http';
import { t } from '../i18n';
import { readDocument } from '../page/api';
import { usePage } from '../page/pageContext';
import { PageState, Said } from '../page/states';
import { personName } from '../tree/filter';
import { asNewTree } from './draft/branch';
import { newUuid, readTree, type TreeDoc } from './draft/document';
import { unnamedTree } from './draft/edits';
import { findDrafts, type Found } from './draft/find';
import { adopt, forget } from './draft/kept';
import { open, openNew } from './draft/state';
import { ensureEditorStyles } from './styles';
import { Workbench } from './Workbench';

export interface EditorProps {
  /** A uuid or slug; null for a tree that is not saved yet. */
  tree: string | null;
  /** What a new tree begins with; without it, what was kept of one, else a KGI alone. */
  start?: TreeDoc;
  onLeave(): void;
  onSaved(tree: { uuid: string; slug: string }): void;
}

export function Editor(props: EditorProps) {
  ensureEditorStyles();
  return props.tree === null ? <NewTree {...props} /> : <StoredTree {...props} tree={props.tree} />;
}

/** A KGI alone, whose first name will give it its key. */
const newTree = (): TreeDoc => readTree({ name: unnamedTree(), nodes: [{ key: 'kpi_1', name: t('New KGI') }] });

type Read = { state: 'reading' } | { state: 'read'; document: TreeDoc; found: Found } | { state: 'failed'; error: ApiError };

/** The draft that the address asks for. */
const wantedDraft = (): string | null => new URLSearchParams(window.location.search).get('draft');

function StoredTree({ tree, onLeave, onSaved }: EditorProps & { tree: string }) {
  const { viewer } = usePage();
  const [read, setRead] = useState<Read>({ state: 'reading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setRead({ state: 'reading' });
    const open = async () => {
      const { document } = await readDocument(tree, controller.signal);
      const found = await findDrafts({ person: viewer.id, tree: document.uuid }, wantedDraft());
      if (!controller.signal.aborted) setRead({ state: 'read', document, found });
    };
    open().catch((error: unknown) => controller.signal.aborted || setRead({ state: 'failed', error: error instanceof ApiError ? error : new ApiError('failed', String(error)) }));
    return () => controller.abort();
  }, [tree, attempt, viewer.id]);
  const opened = useMemo(() => {
    if (read.state !== 'read') return null;
    const { document, found } = read;
    const draft = open(document, found.mine?.kept ?? null, t('Changes from before'));
    return { draft, id: found.mine ? adopt({ person: viewer.id, tree: document.uuid }, found.mine.id) : newUuid() };
  }, [read, viewer.id]);
  if (read.state === 'failed') return <PageState kind={read.error.kind} error={read.error} onRetry={() => setAttempt(count => count + 1)} />;
  if (read.state === 'reading' || !opened) return <Spin className="kpi-editor-wait" size="large" />;
  const mayEdit = viewer.may('can_write', 'KpiTree') && (viewer.admin || read.document.owners.some(({ id }) => id === viewer.id));
  if (!mayEdit) {
    const owners = read.document.owners.map(personName).join(', ');
    return (
      <div data-test="kpi-editor-forbidden">
        <Said
          title={t('Only its owners and admins may change this tree')}
          text={owners && t('Ask one of its owners: {names}', { names: owners })}
          extra={<Button type="primary" onClick={onLeave}>{t('Read the tree')}</Button>}
        />
      </div>
    );
  }
  return <Workbench key={read.document.uuid} opened={opened.draft} id={opened.id} found={read.found} onLeave={onLeave} onSaved={onSaved} />;
}

function NewTree({ start, onLeave, onSaved }: EditorProps) {
  const { viewer } = usePage();
  const place = useMemo(() => ({ person: viewer.id, tree: null }), [viewer.id]);
  const [found, setFound] = useState<Found | null>(null);
  /** Whether to go on with what was found. */
  const [goesOn, setGoesOn] = useState<boolean | null>(null);
  useEffect(() => {
    let gone = false;
    void findDrafts(place, wantedDraft()).then(all => gone || setFound(all));
    return () => {
      gone = true;
    };
  }, [place]);
  const decided = goesOn ?? (found && (found.mine === null || start === undefined) ? found.mine !== null : null);
  const opened = useMemo(() => {
    if (!found || decided === null) return null;
    const { mine, left, elsewhere } = found;
    const draft = openNew(asNewTree(start ?? newTree()), decided && mine ? mine.kept : null);
    return {
      draft,
      id: decided && mine ? adopt(place, mine.id) : newUuid(),
      found: { left: !decided && mine ? [mine, ...left] : left, elsewhere },
    };
  }, [found, decided, start, place]);
  if (opened) return <Workbench opened={opened.draft} id={opened.id} found={opened.found} onLeave={onLeave} onSaved={onSaved} />;
  if (!found) return <Spin className="kpi-editor-wait" size="large" />;
  const { mine } = found;
  return (
    <div data-test="kpi-editor-unsaved">
      <Said
        title={t('There is a new tree that you have not saved: {name}', { name: mine?.kept.draft.name ?? '' })}
        text={t('Go on with it, or begin the other one; what is not saved stays in this browser until you drop it.')}
        extra={
          <>
            <Button type="primary" onClick={() => setGoesOn(true)} data-test="kpi-unsaved-go-on">{t('Go on with it')}</Button>
            <Button onClick={() => setGoesOn(false)} data-test="kpi-unsaved-begin">{t('Begin the other one')}</Button>
            <Button
              type="text"
              onClick={() => {
                if (mine) forget(place, mine.id);
                setFound({ ...found, mine: null });
                setGoesOn(false);
              }}
              data-test="kpi-unsaved-drop"
            >
              {t('Drop it and begin the other one')}
            </Button>
          </>
        }
      />
    </div>
  );
}
