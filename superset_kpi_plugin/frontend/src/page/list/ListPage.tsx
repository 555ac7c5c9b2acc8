import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Empty, Pagination, Spin, Tooltip } from 'antd';
import React, { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n';
import { deleteTrees, exportAddress, type TreeRow } from '../api';
import { usePage } from '../pageContext';
import { useRouter } from '../router';
import { PageState } from '../states';
import { editRoute } from '../treeRef';
import { Cards } from './Cards';
import { ListFilters, type ViewKind } from './ListFilters';
import { EVERYTHING, isNarrowed, PAGE_SIZE, readListState, writeListState, type ListState } from './listState';
import { mayEdit, mayStart } from './rights';
import type { RowsProps } from './rowProps';
import { useImported } from './useImported';
import { useTrees } from './useTrees';

// The table and the dialog bring much of antd along that a list of cards does without.
const Rows = lazy(async () => ({ default: (await import('./Rows')).Rows }));
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog')).ImportDialog }));

const VIEW = 'kpi-list-view';

/** Every tree that the reader may see. */
export function ListPage() {
  const { viewer } = usePage();
  const { search, note, go } = useRouter();
  const { message, modal } = App.useApp();
  const state = useMemo(() => readListState(search), [search]);
  const trees = useTrees(state);
  const arrived = useImported(trees.reload);
  const [view, setView] = useView();
  const [selected, setSelected] = useState<ReadonlySet<number> | null>(null);
  const [importing, setImporting] = useState(false);
  const page = useRef<HTMLElement>(null);
  const departments = useDepartments(trees.rows);
  useEffect(() => void (document.title = t('KPI Trees')), []);

  const change = useCallback(
    (next: Partial<ListState>) => note(writeListState({ ...state, page: 0, ...next })),
    [note, state],
  );
  const failed = (failure: unknown) => void message.error((failure as Error).message || t('The server did not answer.'));
  const take = (rows: TreeRow[]) => window.location.assign(exportAddress(rows.map(({ id }) => id)));
  const remove = (rows: TreeRow[]) =>
    void modal.confirm({
      title: rows.length === 1 ? t('Delete {name}?', { name: rows[0]!.name }) : t('Delete {count} KPI trees?', { count: rows.length }),
      content: (
        <>
          <p>{t('Their nodes, links and targets go with them, and charts that show them say that the tree is gone. This cannot be undone.')}</p>
          {rows.length > 1 && <ul className="kpi-delete-names">{rows.map(row => <li key={row.id}>{row.name}</li>)}</ul>}
        </>
      ),
      okText: t('Delete'),
      cancelText: t('Cancel'),
      okButtonProps: { danger: true, 'data-test': 'kpi-delete-confirm' },
      autoFocusButton: 'cancel',
      onOk: async () => {
        try {
          await deleteTrees(rows.map(({ id }) => id));
          setSelected(null);
          trees.reload();
          page.current?.focus();
        } catch (failure) {
          failed(failure);
        }
      },
    });

  if (trees.error && !trees.rows) return <PageState kind="failed" error={trees.error} onRetry={trees.reload} />;
  const rows = trees.rows ?? [];
  const given: RowsProps = {
    rows,
    trees,
    selected,
    onSelect: ids => setSelected(new Set(ids)),
    mayEdit: row => mayEdit(viewer, row.owners),
    mayExport: viewer.id !== null,
    onStar: row => void trees.star(row, !trees.favorites.has(row.id)).catch(failed),
    onEdit: row => go(editRoute(row)),
    onExport: take,
    onDelete: remove,
  };
  const chosen = rows.filter(row => selected?.has(row.id));
  const none = trees.rows !== null && !trees.loading && trees.count === 0 && !trees.remaining;
  return (
    <main ref={page} tabIndex={-1} className="kpi-list-page" data-test="kpi-list" data-state={trees.loading ? 'loading' : 'ready'}>
      <header className="kpi-page-head">
        <h1>{t('KPI Trees')}</h1>
        {rows.length > 0 && (
          <Button data-test="kpi-bulk" onClick={() => setSelected(selected ? null : new Set())}>
            {selected ? t('Stop choosing') : t('Bulk select')}
          </Button>
        )}
        {mayStart(viewer) && (
          <>
            <Tooltip title={t('Import KPI trees')}>
              <Button icon={<ImportOutlined />} aria-label={t('Import KPI trees')} data-test="kpi-import-open" onClick={() => setImporting(true)} />
            </Tooltip>
            <Button type="primary" icon={<PlusOutlined />} data-test="kpi-start" onClick={() => go({ name: 'start' })}>
              {t('KPI tree')}
            </Button>
          </>
        )}
      </header>
      {!(none && !isNarrowed(state)) && (
        <ListFilters state={state} onState={change} view={view} onView={setView} departments={departments} />
      )}
      {selected && <BulkBar chosen={chosen} given={given} onAll={() => setSelected(new Set(rows.map(({ id }) => id)))} />}
      {trees.error && (
        <Alert
          className="kpi-list-error"
          type="error"
          showIcon
          message={trees.error.message || t('The server did not answer.')}
          action={<Button size="small" onClick={trees.reload}>{t('Try again')}</Button>}
          data-test="kpi-list-error"
        />
      )}
      {trees.remaining > 0 && (
        <p className="kpi-list-note" role="status" data-test="kpi-list-remaining">
          <Spin size="small" /> {t('Trees still to be computed: {count}', { count: trees.remaining })}
        </p>
      )}
      <div className="kpi-list-body" aria-busy={trees.loading}>
        {!trees.rows && <Spin className="kpi-list-wait" />}
        {none && <NoTrees narrowed={isNarrowed(state)} startable={mayStart(viewer)} onClear={() => change(EVERYTHING)} onStart={() => go({ name: 'start' })} />}
        {rows.length > 0 && view === 'cards' && <Cards {...given} />}
        {rows.length > 0 && view === 'table' && (
          <Suspense fallback={<Spin className="kpi-list-wait" />}>
            <Rows {...given} state={state} onOrder={(order, descending) => change({ order, descending })} />
          </Suspense>
        )}
        {trees.count > PAGE_SIZE && (
          <Pagination
            className="kpi-list-pages"
            current={state.page + 1}
            pageSize={PAGE_SIZE}
            total={trees.count}
            showSizeChanger={false}
            onChange={page => change({ page: page - 1 })}
            data-test="kpi-list-pages"
          />
        )}
      </div>
      {importing && (
        <Suspense fallback={null}>
          <ImportDialog
            onClose={() => setImporting(false)}
            onImported={imported => {
              setImporting(false);
              arrived(imported);
            }}
          />
        </Suspense>
      )}
    </main>
  );
}

function BulkBar({ chosen, given, onAll }: { chosen: TreeRow[]; given: RowsProps; onAll: () => void }) {
  const foreign = chosen.filter(row => !given.mayEdit(row));
  return (
    <div className="kpi-bulk-bar" role="toolbar" aria-label={t('Bulk select')} data-test="kpi-bulk-bar">
      <span data-test="kpi-bulk-count" data-value={chosen.length}>{t('Chosen: {count}', { count: chosen.length })}</span>
      <Button type="link" size="small" onClick={onAll}>{t('Choose all on this page')}</Button>
      <Tooltip title={foreign.length ? t('Only owners and admins delete a tree. Not yours: {names}', { names: foreign.map(({ name }) => name).join(', ') }) : undefined}>
        <Button danger size="small" disabled={!chosen.length || foreign.length > 0} data-test="kpi-bulk-delete" onClick={() => given.onDelete(chosen)}>
          {t('Delete')}
        </Button>
      </Tooltip>
      {given.mayExport && (
        <Button size="small" disabled={!chosen.length} data-test="kpi-bulk-export" onClick={() => given.onExport(chosen)}>
          {t('Export')}
        </Button>
      )}
    </div>
  );
}

interface NoTreesProps {
  narrowed: boolean;
  startable: boolean;
  onClear: () => void;
  onStart: () => void;
}

function NoTrees({ narrowed, startable, onClear, onStart }: NoTreesProps) {
  if (narrowed) {
    return (
      <Empty description={t('No KPI tree is like this')} data-test="kpi-list-none">
        <Button onClick={onClear}>{t('Clear all')}</Button>
      </Empty>
    );
  }
  return (
    <Empty
      data-test="kpi-list-empty"
      description={
        <>
          <strong>{t('There is no KPI tree yet')}</strong>
          <p>
            {startable
              ? t('A tree begins with the goal you are there for, and shows what drives it. Take one from the catalogue, or begin with a metric you have.')
              : t('As soon as somebody publishes one, it is here for you to read.')}
          </p>
        </>
      }
    >
      {startable && <Button type="primary" icon={<PlusOutlined />} data-test="kpi-start-first" onClick={onStart}>{t('Start a KPI tree')}</Button>}
    </Empty>
  );
}

function useView(): [ViewKind, (view: ViewKind) => void] {
  const [view, setView] = useState<ViewKind>(() => (localStorage.getItem(VIEW) === 'table' ? 'table' : 'cards'));
  const keep = useCallback((next: ViewKind) => {
    localStorage.setItem(VIEW, next);
    setView(next);
  }, []);
  return [view, keep];
}

/** The departments of all trees that were on the screen. */
function useDepartments(rows: TreeRow[] | null): string[] {
  const [known, setKnown] = useState<string[]>([]);
  useEffect(() => {
    const named = (rows ?? []).flatMap(row => row.departments);
    setKnown(before => [...new Set([...before, ...named])].sort((a, b) => a.localeCompare(b)));
  }, [rows]);
  return known;
}
