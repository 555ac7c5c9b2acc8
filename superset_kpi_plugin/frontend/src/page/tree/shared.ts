/** What a link to a tree carries: the window, how it is drawn, what is open, and what is supposed. */
import type { Overrides, PastKind } from '../../api/types';
import { isFiltering, NO_FILTER, type NodeFilter } from '../../tree/filter';
import { LAYOUT_KINDS, type LayoutKind } from '../../tree/kinds';
import type { Memory } from '../../view/memory';
import { TABS, type Tab } from '../../view/panel/tabs';

export interface Asked {
  /** A day of the period; empty for the one that runs. */
  period: string;
  /** Instead of a period, a time range in Superset's words; else empty. */
  range: string;
  /** The day from which the tree is looked at; empty for today. */
  asOf: string;
  compare: PastKind;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function readAsked(search: string): Asked {
  const params = new URLSearchParams(search);
  const asOf = params.get('as_of') ?? '';
  const range = (params.get('time_range') ?? '').trim();
  return {
    period: range ? '' : params.get('period') ?? '',
    range,
    asOf: DAY.test(asOf) ? asOf : '',
    compare: params.get('compare') === 'previous_year' ? 'previous_year' : 'previous_period',
  };
}

/** The picture's part of an address, as the chart remembers it. */
export function readPicture(search: string): Memory {
  const params = new URLSearchParams(search);
  const layout = LAYOUT_KINDS.find(kind => kind === params.get('layout'));
  const tab = TABS.find(name => name === params.get('tab')) ?? null;
  const node = params.get('node');
  const filter = parsed(params.get('only')) as Partial<NodeFilter> | null;
  const overrides = parsed(params.get('suppose')) as Overrides | null;
  return {
    choice: 'auto',
    ...(layout ? { kind: layout } : {}),
    ...(params.get('branch') ? { branch: params.get('branch') } : {}),
    ...(params.get('by') ? { by: params.get('by')! } : {}),
    ...(tab || node ? { panel: { tab: tab ?? 'details', selected: node } } : {}),
    ...(filter ? { filter: { ...NO_FILTER, ...listsOf(filter) } } : {}),
    ...(overrides ? { overrides } : {}),
  };
}

export function writeShared(asked: Asked, memory: Memory): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string | null | undefined) => value && params.set(name, value);
  put('time_range', asked.range);
  put('period', asked.range ? '' : asked.period);
  put('as_of', asked.asOf);
  put('compare', asked.compare === 'previous_year' ? asked.compare : null);
  put('layout', memory.kind satisfies LayoutKind | undefined);
  put('by', memory.by);
  put('branch', memory.branch);
  put('tab', memory.panel?.tab satisfies Tab | null | undefined);
  put('node', memory.panel?.tab && memory.panel.selected);
  put('only', memory.filter && isFiltering(memory.filter) ? JSON.stringify(memory.filter) : null);
  put('suppose', Object.keys(memory.overrides ?? {}).length ? JSON.stringify(memory.overrides) : null);
  const text = params.toString();
  return text && `?${text}`;
}

/** An address is typed by people too: what is no object there is nothing. */
function parsed(text: string | null): object | null {
  try {
    const value = JSON.parse(text ?? 'null') as unknown;
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function listsOf(filter: object): Partial<NodeFilter> {
  return Object.fromEntries(Object.entries(filter).filter(([name, value]) => name in NO_FILTER && Array.isArray(value)));
}
