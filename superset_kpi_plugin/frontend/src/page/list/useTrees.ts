import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { ApiError, evaluate } from '../../api/client';
import { favoritesOf, listTrees, setFavorite, type TreeRow } from '../api';
import { chosen, Figures } from './figures';
import { needsNumbers, PAGE_SIZE, queryOf, type ListState } from './listState';

/** Of how many periods a row's small line tells. */
const HISTORY = 12;

interface Answer {
  rows: TreeRow[];
  count: number;
  favorites: Set<number>;
}

export interface Trees {
  /** The rows of this page; null until the first answer. */
  rows: TreeRow[] | null;
  count: number;
  loading: boolean;
  error: ApiError | null;
  favorites: Set<number>;
  figures: Figures;
  /** How many trees are still computed before the order or the filter is whole. */
  remaining: number;
  reload: () => void;
  star: (row: TreeRow, favorite: boolean) => Promise<void>;
}

export function useTrees(state: ListState): Trees {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [loading, setLoading] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const [, numbersCame] = useReducer((count: number) => count + 1, 0);
  const figures = useMemo(() => new Figures((tree, signal) => evaluate(tree, { history: HISTORY }, signal)), []);
  useEffect(() => figures.subscribe(numbersCame), [figures]);
  useEffect(() => () => figures.stop(), [figures]);

  const asked = JSON.stringify(queryOf(state));
  useEffect(() => {
    const controller = new AbortController();
    setLoading(true);
    void load(JSON.parse(asked), controller.signal).then(
      loaded => {
        if (controller.signal.aborted) return;
        setAnswer(loaded);
        setError(null);
        setLoading(false);
      },
      (failure: unknown) => {
        if (controller.signal.aborted) return;
        setError(failure instanceof ApiError ? failure : new ApiError('failed', String(failure)));
        setLoading(false);
      },
    );
    return () => controller.abort();
  }, [asked, attempt]);

  const computed = needsNumbers(state);
  const all = answer?.rows;
  useEffect(() => {
    if (computed) all?.forEach(row => figures.want(row));
  }, [computed, all, figures]);

  const reload = useCallback(() => setAttempt(count => count + 1), []);
  const star = useCallback(async (row: TreeRow, favorite: boolean) => {
    const set = (on: boolean) =>
      setAnswer(before => before && { ...before, favorites: toggled(before.favorites, row.id, on) });
    set(favorite);
    try {
      await setFavorite(row.id, favorite);
    } catch (failure) {
      set(!favorite);
      throw failure;
    }
  }, []);

  const order = state.order === 'attainment' ? (state.descending ? 'desc' : 'asc') : null;
  const wanted = all && computed ? chosen(all, row => figures.of(row), state.status, order) : all;
  const shown = wanted && computed ? wanted.slice(state.page * PAGE_SIZE, (state.page + 1) * PAGE_SIZE) : wanted;
  return {
    rows: shown ?? null,
    count: computed ? wanted?.length ?? 0 : answer?.count ?? 0,
    loading,
    error,
    favorites: answer?.favorites ?? new Set(),
    figures,
    remaining: computed ? (all ?? []).filter(row => figures.of(row).state === 'waiting').length : 0,
    reload,
    star,
  };
}

async function load(query: Parameters<typeof listTrees>[0], signal: AbortSignal): Promise<Answer> {
  const { count, result } = await listTrees(query, signal);
  // Without the stars the list is still a list.
  const favorites = await favoritesOf(result.map(({ id }) => id), signal).catch(() => new Set<number>());
  return { rows: result, count, favorites };
}

function toggled(favorites: Set<number>, id: number, on: boolean): Set<number> {
  const next = new Set(favorites);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}
