/** A clash in words: what it is about, and what either says. */
import { currentLocale, t } from '../../i18n';
import { isRestricted, type Metric, type NodeDoc, type Person, type TargetRow, type TreeDoc } from './document';
import { withKeys } from './docFacts';
import type { Clash } from './merge';

export interface Told {
  /** The node or link, or the tree. */
  about: string;
  field: string;
  mine: string;
  theirs: string;
}

/** The field of a tree, a node or a link, as people call it. */
export function fieldWord(field: string): string {
  const words: Record<string, string> = {
    name: t('Name'),
    key: t('Key'),
    description: t('Description'),
    slug: t('Address'),
    owners: t('Owners'),
    owner: t('Owner'),
    departments: t('Departments'),
    department: t('Department'),
    grain: t('Periods'),
    periods: t('Periods of its own'),
    fiscal_year_start_month: t('Fiscal year begins'),
    week_start: t('Week begins'),
    time_zone: t('Time zone'),
    holidays: t('Holidays'),
    thresholds: t('Thresholds'),
    score_cap: t('Score cap'),
    published: t('Published'),
    unit: t('Unit'),
    d3format: t('Number format'),
    direction: t('Direction'),
    accumulation: t('Accumulation'),
    source: t('Source'),
    metric: t('Metric'),
    target_metric: t('Targets from a metric'),
    stock_reading: t('Reading of a stock'),
    formula: t('Formula'),
    shift: t('Periods back'),
    attainment_method: t('Attainment method'),
    rollup_method: t('Roll-up'),
    pace_profile: t('Pace'),
    targets: t('Target'),
    manual_values: t('Typed-in value'),
    parents: t('Place in the tree'),
    weight: t('Weight'),
    lag: t('Lag'),
    expected_sign: t('Expected sign'),
  };
  return words[field] ?? field;
}

/** The clash as it is shown; names are taken from my document first, then from theirs. */
export function describe({ path, mine, theirs }: Clash, docs: readonly TreeDoc[]): Told {
  const [kind, first = '', second, third] = path.split('/');
  const node = (uuid: string) => docs.map(doc => doc.nodes.find(one => one.uuid === uuid)).find(Boolean);
  const name = (uuid: string) => node(uuid)?.name ?? uuid;
  const say = (field: string, value: unknown) => written(field, value, name, uuid => node(uuid)?.key ?? uuid);
  if (kind === 'tree') return { about: t('The tree'), field: fieldWord(first), mine: say(first, mine), theirs: say(first, theirs) };
  if (kind === 'link') {
    const field = third ?? '';
    const about = t('{child} under {parent}', { child: name(second ?? ''), parent: name(first) });
    return { about, field: fieldWord(field), mine: say(field, mine), theirs: say(field, theirs) };
  }
  if (second === undefined) {
    const kept = (value: unknown) => (value === undefined ? t('Deleted') : t('Kept, with changes'));
    return { about: name(first), field: t('The KPI itself'), mine: kept(mine), theirs: kept(theirs) };
  }
  const field = third === undefined ? fieldWord(second) : `${fieldWord(second)}, ${third.split(' ')[0]}`;
  return { about: name(first), field, mine: say(second, mine), theirs: say(second, theirs) };
}

function written(field: string, value: unknown, name: (uuid: string) => string, key: (uuid: string) => string): string {
  if (value === undefined || value === null || value === '') return t('nothing');
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  if (field === 'formula') return withKeys(String(value), key) ?? '';
  if (field === 'parents') return (value as string[]).map(name).join(', ');
  if (Array.isArray(value)) return value.map(one => written(field, one, name, key)).join(', ') || t('nothing');
  if (typeof value !== 'object') return String(value);
  if ('first_name' in value) return fullName(value as Person);
  if (field === 'metric' || field === 'target_metric') {
    const metric = value as Metric;
    return isRestricted(metric) ? t('Restricted') : metric.metric_name;
  }
  if ('start' in value) return rowText(value as TargetRow);
  return Object.entries(value).map(([part, inner]) => `${part}: ${String(inner)}`).join(', ');
}

export const fullName = ({ first_name, last_name }: Person): string => `${first_name} ${last_name}`.trim();

/** An ISO moment as people write it. */
export function momentOf(at: string): string {
  const when = new Date(at);
  return isNaN(when.getTime()) ? at : new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(when);
}

function rowText(row: Partial<TargetRow> & Partial<NodeDoc>): string {
  if (row.lower !== null && row.lower !== undefined) return `${row.lower} – ${row.upper}`;
  return row.value === undefined || row.value === null ? (row.name ?? t('nothing')) : String(row.value);
}
