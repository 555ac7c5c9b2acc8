/** The editor of a tree: reads it, finds what was kept of it, and puts both on the workbench. */
import { Button, Result, Spin } from 'antd';
import React, { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../api/http';
import { t } from '../i18n';
import { readDocument } from '../page/api';
import { usePage } from '../page/pageContext';
import { PageState } from '../page/states';
import { asNewTree } from './draft/branch';
import { readTree, type TreeDoc } from './draft/document';

import { forget, recall } from './draft/kept';
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
const newTree = (): TreeDoc => readTree({ name: t('New tree'), nodes: [{ key: 'kpi_1', name: t('New KGI') }] });

type Read = { state: 'reading' } | { state: 'read'; document: TreeDoc } | { state: 'failed'; error: ApiError };

function StoredTree({ tree, onLeave, onSaved }: EditorProps & { tree: string }) {
  const { viewer } = usePage();
  const [read, setRead] = useState<Read>({ state: 'reading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setRead({ state: 'reading' });
    readDocument(tree, controller.signal).then(
      ({ document }) => setRead({ state: 'read', document }),
      (error: unknown) => controller.signal.aborted || setRead({ state: 'failed', error: error instanceof ApiError ? error : new ApiError('failed', String(error)) }),
    );
    return () => controller.abort();
  }, [tree, attempt]);
  const opened = useMemo(
    () => (read.state === 'read' ? open(read.document, recall({ person: viewer.id, tree: read.document.uuid }), t('Changes from before')) : null),
    [read, viewer.id],
  );
  if (read.state === 'failed') return <PageState kind={read.error.kind} error={read.error} onRetry={() => setAttempt(count => count + 1)} />;
  if (read.state === 'reading' || !opened) return <Spin className="kpi-editor-wait" size="large" />;
  const mayEdit = viewer.may('can_write', 'KpiTree') && (viewer.admin || read.document.owners.some(({ id }) => id === viewer.id));
  if (!mayEdit) {
    return (
      <div data-test="kpi-editor-forbidden">
        <Result status="warning" title={t('Only its owners and admins may change this tree')} extra={<Button type="primary" onClick={onLeave}>{t('Read the tree')}</Button>} />
      </div>
    );
  }
  return <Workbench key={read.document.uuid} opened={opened} onLeave={onLeave} onSaved={onSaved} />;
}

function NewTree({ start, onLeave, onSaved }: EditorProps) {
  const { viewer } = usePage();
  const place = useMemo(() => ({ person: viewer.id, tree: null }), [viewer.id]);
  const [kept, setKept] = useState(() => recall(place));
  const [decided, setDecided] = useState(start === undefined || kept === null);
  const opened = useMemo(() => (decided ? openNew(asNewTree(start ?? newTree()), kept) : null), [decided, start, kept]);
  if (!opened) {
    return (
      <div data-test="kpi-editor-unsaved">
        <Result
          status="info"
          title={t('There is a new tree that you have not saved: {name}', { name: kept?.draft.name ?? '' })}
          subTitle={t('Go on with it, or begin the other one and drop what is not saved.')}
          extra={
            <>
              <Button type="primary" onClick={() => setDecided(true)} data-test="kpi-unsaved-go-on">{t('Go on with it')}</Button>
              <Button
                onClick={() => {
                  forget(place);
                  setKept(null);
                  setDecided(true);
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
  return <Workbench opened={opened} onLeave={onLeave} onSaved={onSaved} />;
}
