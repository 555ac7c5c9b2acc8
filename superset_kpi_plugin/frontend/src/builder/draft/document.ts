/** The tree document, as docs/api.md has it, and what the server says of one that is not saved. */
import type { AdhocFilter, Direction, Evaluation, Person, Proof } from '../../api/types';

export type { AdhocFilter, Direction, Person } from '../../api/types';

export type Grain = 'week' | 'month' | 'quarter' | 'year' | 'custom';
export type Accumulation = 'flow' | 'stock' | 'rate';
export type Source = 'metric' | 'formula' | 'manual';
export type AttainmentMethod = 'ratio' | 'inverse' | 'baseline' | 'band';
export type RollupMethod = 'weighted_mean' | 'worst' | 'best' | 'share_on_track';
export type PaceProfile = 'linear' | 'business_days' | 'seasonal' | 'none';

export interface Thresholds {
  on_track: number;
  at_risk: number;
}

/** What may not be read by the one who edits; sent back so, it stays as it is stored. */
export interface Restricted {
  restricted: true;
}

export interface TargetMetric {
  dataset_uuid: string;
  metric_name: string;
  filters: AdhocFilter[];
  time_column: string | null;
}

export interface Metric extends TargetMetric {
  empty: 'missing' | 'zero';
}

/** Half-open: `start` is the first day, `end` the day after the last. */
export interface Span {
  start: string;
  end: string;
}

export interface TargetRow extends Span {
  dimension: string | null;
  member: string | null;
  value: number | null;
  baseline: number | null;
  lower: number | null;
  upper: number | null;
}

export interface ManualValue extends Span {
  value: number;
}

export interface CustomPeriod extends Span {
  name: string;
}

export interface NodeDoc {
  /** What a node is known by through renames and merges; in a draft every node has one. */
  uuid: string;
  key: string;
  name: string;
  description: string;
  owner: Person | null;
  department: string | null;
  unit: string | null;
  d3format: string | null;
  direction: Direction;
  accumulation: Accumulation;
  source: Source;
  /** Null with the source `metric` is a source left open. */
  metric: Metric | Restricted | null;
  stock_reading: 'latest_day' | 'to_date';
  formula: string | null;
  shift: number;
  attainment_method: AttainmentMethod | null;
  rollup_method: RollupMethod;
  pace_profile: PaceProfile | null;
  thresholds: Thresholds | null;
  target_metric: TargetMetric | Restricted | null;
  targets: TargetRow[];
  manual_values: ManualValue[];
}

export interface LinkDoc {
  parent: string;
  child: string;
  weight: number;
  order: number;
  /** In periods; of an influence. */
  lag: number;
  expected_sign: 'positive' | 'negative' | null;
}

export interface TreeDoc {
  /** Null until the tree is saved for the first time, as are its slug (the server then makes one) and version. */
  uuid: string | null;
  slug: string | null;
  name: string;
  description: string;
  owners: Person[];
  departments: string[];
  grain: Grain;
  /** 1 is January. */
  fiscal_year_start_month: number;
  /** 1 is Monday. */
  week_start: number;
  time_zone: string;
  holidays: string | null;
  thresholds: Thresholds;
  score_cap: number;
  published: boolean;
  version: number | null;
  periods: CustomPeriod[];
  nodes: NodeDoc[];
  links: LinkDoc[];
}

export type NodeField = Exclude<keyof NodeDoc, 'uuid'>;
export type TreeField = Exclude<keyof TreeDoc, 'uuid' | 'version' | 'nodes' | 'links'>;

export type Severity = 'blocking' | 'warning' | 'hint';

/** A piece of advice: what is the matter with which nodes, and what to do. */
export interface Finding {
  code: string;
  severity: Severity;
  nodes: string[];
  /** The field of the node (or of the tree) to go to. */
  field: string | null;
  message: string;
  todo: string;
  /** The first day of the period that it is about. */
  since: string | null;
  /** Edits that would settle it. */
  fixes: Fix[];
}

/** One edit that the server proposes: fields to set by node, links to add, target rows of the whole to take away. */
export interface Fix {
  label: string;
  nodes: Record<string, Partial<Omit<NodeDoc, 'uuid' | 'key'>>>;
  links: Pick<LinkDoc, 'parent' | 'child'>[];
  without_targets: Record<string, Span[]>;
}

/** What is wrong, by the path of the field: `nodes.revenue.formula`. */
export type Errors = Record<string, string[]>;

/** What `POST /preview` answers; `evaluation` is null only where the document has no shape at all. */
export interface Preview {
  evaluation: Evaluation | null;
  errors: Errors;
  findings: Finding[];
  /** Of formulas beside a source of their own, where that was asked for and a period has closed. */
  proof: Pick<Proof, 'tolerance' | 'components'> | null;
}

export const isRestricted = (metric: Metric | TargetMetric | Restricted | null): metric is Restricted =>
  metric !== null && 'restricted' in metric;

/** A document from the server, a template or a file, with every field filled in and a uuid for every node. */
export function readTree(raw: Omit<Partial<TreeDoc>, 'nodes'> & { nodes: readonly Partial<NodeDoc>[] }): TreeDoc {
  return {
    uuid: raw.uuid ?? null,
    slug: raw.slug ?? null,
    name: raw.name ?? '',
    description: raw.description ?? '',
    owners: raw.owners ?? [],
    departments: raw.departments ?? [],
    grain: raw.grain ?? 'month',
    fiscal_year_start_month: raw.fiscal_year_start_month ?? 1,
    week_start: raw.week_start ?? 1,
    time_zone: raw.time_zone ?? 'UTC',
    holidays: raw.holidays ?? null,
    thresholds: raw.thresholds ?? { on_track: 0.95, at_risk: 0.8 },
    score_cap: raw.score_cap ?? 1,
    published: raw.published ?? false,
    version: raw.version ?? null,
    periods: (raw.periods ?? []).map(({ name, start, end }) => ({ name, start, end })),
    nodes: raw.nodes.map(readNode),
    links: (raw.links ?? []).map(readLink),
  };
}

/** A node with every field filled in. */
export function readNode(raw: Partial<NodeDoc>): NodeDoc {
  return {
    uuid: raw.uuid ?? newUuid(),
    key: raw.key ?? '',
    name: raw.name ?? '',
    description: raw.description ?? '',
    owner: raw.owner ?? null,
    department: raw.department ?? null,
    unit: raw.unit ?? null,
    d3format: raw.d3format ?? null,
    direction: raw.direction ?? 'increase',
    accumulation: raw.accumulation ?? 'flow',
    source: raw.source ?? 'metric',
    metric: raw.metric ?? null,
    stock_reading: raw.stock_reading ?? 'latest_day',
    formula: raw.formula ?? null,
    shift: raw.shift ?? 0,
    attainment_method: raw.attainment_method ?? null,
    rollup_method: raw.rollup_method ?? 'weighted_mean',
    pace_profile: raw.pace_profile ?? null,
    thresholds: raw.thresholds ?? null,
    target_metric: raw.target_metric ?? null,
    targets: raw.targets ?? [],
    manual_values: raw.manual_values ?? [],
  };
}

function readLink(raw: Partial<LinkDoc> & Pick<LinkDoc, 'parent' | 'child'>): LinkDoc {
  return {
    parent: raw.parent,
    child: raw.child,
    weight: raw.weight ?? 1,
    order: raw.order ?? 0,
    lag: raw.lag ?? 0,
    expected_sign: raw.expected_sign ?? null,
  };
}

/** A random uuid, also where the page is not served securely and `randomUUID` is missing. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
