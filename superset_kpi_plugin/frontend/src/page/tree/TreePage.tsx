import { DashboardOutlined, EditOutlined, ReloadOutlined } from '@ant-design/icons';
import { App, Button, Spin, Tooltip } from 'antd';
import React, { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../api/client';
import type { TreeDoc } from '../../builder/draft/document';
import KpiTreeChart from '../../chart/KpiTreeChart';
import { noteQuery } from '../../chart/refresh';
import { DEFAULT_DEPTH, DEFAULT_HISTORY } from '../../chart/transformProps';
import { t } from '../../i18n';
import { recall } from '../../view/memory';
import { useSize } from '../../view/useSize';
import { favoritesOf, readDocument, setFavorite } from '../api';
import { PublishedTag, Star } from '../list/parts';
import { mayEdit, mayStart } from '../list/rights';
import { usePage } from '../pageContext';
import { Link, useRouter } from '../router';
import { PageState } from '../states';
import { editRoute } from '../treeRef';
import { readAsked, readPicture, writeShared, type Asked } from './shared';
import { ShareButton } from './ShareButton';
import { TreeControls } from './TreeControls';

const DashboardDialog = lazy(async () => ({ default: (await import('./DashboardDialog')).DashboardDialog }));

/** The chart is no saved one: no other on the page has this number. */
const CHART = -1;

type Loaded = { id: number; document: TreeDoc };

/** A tree for its readers: the chart itself, as large as the window. */
export function TreePage({ tree }: { tree: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setError(null);
    readDocument(tree, controller.signal).then(setLoaded, (failure: unknown) => {
      if (!controller.signal.aborted) setError(failure instanceof ApiError ? failure : new ApiError('failed', String(failure)));
    });
    return () => controller.abort();
  }, [tree, attempt]);
  if (error) return <PageState kind={error.kind} error={error} onRetry={() => setAttempt(count => count + 1)} />;
  if (!loaded) return <Spin className="kpi-page-wait" />;
  return <OpenTree key={loaded.document.uuid} {...loaded} />;
}

function OpenTree({ id, document: tree }: Loaded) {
  const { viewer, tokens } = usePage();
  const { search, note, go } = useRouter();
  const { message } = App.useApp();
  const uuid = tree.uuid!;
  const memory = useMemo(() => {
    const remembered = recall(CHART, uuid);
    return Object.assign(remembered, readPicture(search));
    // The address is read once: from then on it follows what is on the screen.
  }, [uuid]);
  const asked = useMemo(() => readAsked(search), [search]);
  const [favorite, setFavoriteShown] = useFavorite(id, failure => void message.error(failure.message || t('The server did not answer.')));
  const [adding, setAdding] = useState(false);
  const [revision, setRevision] = useState({});
  useEffect(() => void (document.title = tree.name), [tree.name]);

  const ask = (change: Partial<Asked>) => note(writeShared({ ...asked, ...change }, memory));
  const refresh = () => {
    noteQuery(CHART, true);
    setRevision({});
  };
  // What is opened and unfolded in the picture is the chart's own affair; its traces are read after each of the reader's acts.
  const keep = useCallback(() => {
    window.requestAnimationFrame(() => {
      const next = writeShared(readAsked(window.location.search), memory);
      if (next !== window.location.search) note(next);
    });
  }, [memory, note]);
  const request = useMemo(
    () => ({
      ...(asked.period ? { period: asked.period } : {}),
      ...(asked.range ? { time_range: asked.range } : {}),
      ...(asked.asOf ? { as_of: asked.asOf } : {}),
    }),
    [asked.period, asked.range, asked.asOf],
  );
  return (
    <main className="kpi-tree-page" data-test="kpi-tree-page" data-uuid={uuid}>
      <header className="kpi-page-head">
        <nav aria-label={t('KPI Trees')}>
          <Link to={{ name: 'list' }} data-test="kpi-to-list">{t('KPI Trees')}</Link> <span aria-hidden="true">/</span>
        </nav>
        <h1 dir="auto">{tree.name}</h1>
        {viewer.id !== null && <Star on={favorite} name={tree.name} onToggle={() => setFavoriteShown(!favorite)} />}
        <PublishedTag published={tree.published} />
        <span className="kpi-page-gap" />
        <TreeControls tree={tree} asked={asked} onAsk={ask} window={() => memory.evaluation?.window} />
        <Tooltip title={t('Read the data again')}>
          <Button icon={<ReloadOutlined />} aria-label={t('Read the data again')} data-test="kpi-refresh" onClick={refresh} />
        </Tooltip>
        <ShareButton address={() => window.location.origin + window.location.pathname + writeShared(asked, memory)} />
        {mayStart(viewer) && viewer.may('can_write', 'Chart') && viewer.may('can_write', 'Dashboard') && (
          <Tooltip title={t('Add to dashboard')}>
            <Button aria-label={t('Add to dashboard')} className="kpi-tool-button" data-test="kpi-add-to-dashboard" onClick={() => setAdding(true)}>
              <DashboardOutlined />
              <span className="kpi-wide-only">{t('Add to dashboard')}</span>
            </Button>
          </Tooltip>
        )}
        {mayEdit(viewer, tree.owners) && (
          <Button type="primary" icon={<EditOutlined />} data-test="kpi-edit" onClick={() => go(editRoute({ uuid, slug: tree.slug }))}>{t('Edit')}</Button>
        )}
      </header>
      <div className="kpi-tree-stage" onClick={keep} onKeyUp={keep} onPointerUp={keep} onSubmit={keep}>
        <Sized>
          {(width, height) => (
            <KpiTreeChart
              width={width}
              height={height}
              theme={tokens}
              chartId={CHART}
              tree={uuid}
              request={request}
              unsupportedFilters={[]}
              initialDepth={DEFAULT_DEPTH}
              layout="auto"
              history={DEFAULT_HISTORY}
              by=""
              compare={asked.compare}
              revision={revision}
            />
          )}
        </Sized>
      </div>
      {adding && <Suspense fallback={null}><DashboardDialog tree={{ uuid, name: tree.name }} onClose={() => setAdding(false)} /></Suspense>}
    </main>
  );
}

/** What is drawn needs to know how much room it has. */
function Sized({ children }: { children: (width: number, height: number) => JSX.Element }) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box, { width: 0, height: 0 });
  return (
    <div ref={box} className="kpi-tree-room">
      {width > 0 && children(width, height)}
    </div>
  );
}

function useFavorite(id: number, onError: (failure: Error) => void): [boolean, (favorite: boolean) => void] {
  const [favorite, setShown] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    favoritesOf([id], controller.signal).then(ids => setShown(ids.has(id)), () => undefined);
    return () => controller.abort();
  }, [id]);
  const set = (next: boolean) => {
    setShown(next);
    setFavorite(id, next).catch((failure: Error) => {
      setShown(!next);
      onError(failure);
    });
  };
  return [favorite, set];
}
