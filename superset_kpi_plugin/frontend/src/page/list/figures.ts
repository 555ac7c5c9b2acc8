/** What the list tells of a tree besides its row: how its goal stands. Asked few at a time, kept while the page lives. */
import { ApiError } from '../../api/client';
import type { Evaluation, NodeHistory, Reason, Status, TreeNode } from '../../api/types';
import type { TreeRow } from '../api';

export interface Goal {
  attainment: number | null;
  actual: number | null;
  target: number | null;
  status: Status;
  reason: Reason | null;
  node: TreeNode | undefined;
  series: NodeHistory | undefined;
  /** Whether the last period still runs. */
  open: boolean;
}

export type Figure = { state: 'waiting' } | { state: 'failed'; error: ApiError } | { state: 'ready'; goal: Goal };

type Ask = (tree: string, signal: AbortSignal) => Promise<Evaluation>;

const WAITING: Figure = { state: 'waiting' };
const keyOf = ({ uuid, version }: Pick<TreeRow, 'uuid' | 'version'>) => `${uuid}:${version}`;

export class Figures {
  private readonly known = new Map<string, Figure>();
  private readonly running = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();
  private queue: TreeRow[] = [];

  constructor(
    private readonly ask: Ask,
    private readonly atOnce = 3,
  ) {}

  of(row: TreeRow): Figure {
    return this.known.get(keyOf(row)) ?? WAITING;
  }

  /** Asks for a tree's numbers, unless they are known or on their way. */
  want(row: TreeRow): void {
    const key = keyOf(row);
    if (this.known.has(key) || this.running.has(key) || this.queue.some(other => keyOf(other) === key)) return;
    this.queue.push(row);
    this.next();
  }

  /** Who is no longer looked at need not be asked for; what runs, runs to its end. */
  leave(row: TreeRow): void {
    this.queue = this.queue.filter(other => keyOf(other) !== keyOf(row));
  }

  retry(row: TreeRow): void {
    this.known.delete(keyOf(row));
    this.tell();
    this.want(row);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Nobody is interested any more. */
  stop(): void {
    this.queue = [];
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  }

  private next(): void {
    while (this.running.size < this.atOnce && this.queue.length) void this.run(this.queue.shift()!);
  }

  private async run(row: TreeRow): Promise<void> {
    const key = keyOf(row);
    const controller = new AbortController();
    this.running.set(key, controller);
    try {
      this.known.set(key, { state: 'ready', goal: goalOf(await this.ask(row.uuid, controller.signal)) });
    } catch (failure) {
      if (controller.signal.aborted) return;
      const error = failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
      this.known.set(key, { state: 'failed', error });
    }
    this.running.delete(key);
    this.tell();
    this.next();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export function goalOf({ tree, nodes, history, window }: Evaluation): Goal {
  const result = nodes[tree.root];
  return {
    attainment: result?.attainment ?? null,
    actual: result?.actual ?? null,
    target: result?.target ?? null,
    status: result?.status ?? 'no_data',
    reason: (result?.reasons.attainment ?? Object.values(result?.reasons ?? {})[0]) || null,
    node: tree.nodes.find(({ key }) => key === tree.root),
    series: history?.nodes[tree.root],
    open: !window.closed,
  };
}

/** The rows of a status, in the order of their attainment where that is asked for; those without one last. */
export function chosen(rows: TreeRow[], of: (row: TreeRow) => Figure, status: Status | null, order: 'asc' | 'desc' | null): TreeRow[] {
  const goal = (row: TreeRow) => {
    const figure = of(row);
    return figure.state === 'ready' ? figure.goal : null;
  };
  const kept = status ? rows.filter(row => goal(row)?.status === status) : rows;
  if (!order) return kept;
  const at = (row: TreeRow) => goal(row)?.attainment ?? null;
  const sign = order === 'asc' ? 1 : -1;
  return [...kept].sort((a, b) => {
    const [x, y] = [at(a), at(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x < y ? -1 : Number(x > y));
  });
}
