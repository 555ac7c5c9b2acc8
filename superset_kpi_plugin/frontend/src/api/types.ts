/** What the API answers, as docs/api.md has it. */

export type Status =
  | 'restricted'
  | 'error'
  | 'not_started'
  | 'no_data'
  | 'no_target'
  | 'achieved'
  | 'on_track'
  | 'at_risk'
  | 'off_track';

export type ReasonCode =
  | 'no_data'
  | 'no_source'
  | 'error'
  | 'restricted'
  | 'division_by_zero'
  | 'operand_undefined'
  | 'overflow'
  | 'not_started'
  | 'no_target'
  | 'target_incomplete'
  | 'baseline_incomplete'
  | 'no_baseline'
  | 'baseline_beyond_target'
  | 'target_zero'
  | 'not_positive'
  | 'band_zero'
  | 'no_band'
  | 'nothing_elapsed'
  | 'too_early'
  | 'not_forecast'
  | 'no_solution'
  | 'infinite_error'
  | 'too_few'
  | 'no_variance';

export type Operator = '+' | '-' | '*' | '/';
export type Direction = 'increase' | 'decrease' | 'maintain';

export interface TreeNode {
  key: string;
  uuid: string;
  name: string;
  description: string;
  department: string | null;
  unit: string | null;
  d3format: string | null;
  direction: Direction;
  formula: string | null;
  owner: Person | null;
  accumulation: 'flow' | 'stock' | 'rate';
  source: 'metric' | 'formula' | 'manual';
  rollup_method: 'weighted_mean' | 'worst' | 'best' | 'share_on_track';
  thresholds: { on_track: number; at_risk: number };
  metric: MetricOrigin | { restricted: true } | null;
}

export interface Person {
  id: number;
  first_name: string;
  last_name: string;
}

/** A filter as Superset stores it. */
export interface AdhocFilter {
  expressionType: 'SIMPLE' | 'SQL';
  clause?: string;
  subject?: string | null;
  operator?: string | null;
  comparator?: unknown;
  sqlExpression?: string | null;
}

/** What a node's actual was read from; `time_range` is null where nothing was asked. */
export interface MetricOrigin {
  dataset_uuid: string;
  dataset_id: number;
  dataset: string;
  metric_name: string;
  filters: AdhocFilter[];
  time_column: string;
  time_range: string | null;
}

export interface TreeLink {
  parent: string;
  child: string;
  kind: 'component' | 'influence';
  operator: Operator | null;
  weight: number;
  order: number;
}

export interface Tree {
  uuid: string;
  slug: string;
  name: string;
  description: string;
  grain: string;
  published: boolean;
  root: string;
  nodes: TreeNode[];
  links: TreeLink[];
}

export interface EvaluationWindow {
  since: string;
  until: string;
  as_of: string;
  closed: boolean;
  name: string | null;
}

export interface Reason {
  code: ReasonCode;
  message: string;
}

/** The numbers of a node that may be undefined, each then with a reason. */
export type NumberName =
  | 'actual'
  | 'target'
  | 'baseline'
  | 'lower'
  | 'upper'
  | 'variance'
  | 'attainment'
  | 'score'
  | 'coverage'
  | 'expected'
  | 'elapsed'
  | 'pace'
  | 'paced_score'
  | 'forecast'
  | 'forecast_attainment'
  | 'needed_per_day'
  | 'unexplained';

export type NodeResult = Record<NumberName, number | null> & {
  status: Status;
  reason: ReasonCode | null;
  reasons: Partial<Record<NumberName, Reason>>;
  data_through: string | null;
  target_derived: boolean;
  targets_gap: TargetsGap[];
};

/** A period in which a node's own target and the formula over its children's targets differ. */
export interface TargetsGap {
  start: string;
  end: string;
  own: number;
  derived: number;
}

export interface Disagreement {
  kind: 'goal_missed' | 'drivers_missed';
  goal: number;
  drivers: number;
  paced: boolean;
}

export interface Filter {
  col: string;
  op: string;
  val?: unknown;
}

export interface Evaluation {
  tree: Tree;
  window: EvaluationWindow;
  headline: { key: string; disagreement: Disagreement | null };
  nodes: Record<string, NodeResult>;
  history: History | null;
  compare: Partial<Record<PastKind, Compared>>;
  by: ByDimension | null;
  overridden: string[];
  queries: Query[];
  filters_not_applied: { filter: Filter; nodes: string[] }[];
}

/** Per node one list per quantity, in the order of the periods. */
export interface History {
  periods: EvaluationWindow[];
  nodes: Record<string, NodeHistory>;
}

export interface NodeHistory {
  actual: (number | null)[];
  target: (number | null)[];
  attainment: (number | null)[];
  status: Status[];
  reason: (ReasonCode | Reason | null)[];
}

/** Every node's change since another window; where there is none, the reason. */
export interface Compared {
  window: EvaluationWindow | null;
  nodes: Record<string, Change>;
  reason: Reason | null;
}

export interface Change {
  before: number | null;
  change: number | null;
  ratio: number | null;
  better: boolean | null;
  reason: Reason | null;
}

export type PastKind = 'previous_period' | 'previous_year';
export type Member = string | number | boolean | null;

/** The tree for every member of a column: per node one list per quantity, in the order of the members. */
export interface ByDimension {
  column: string;
  members: Member[];
  nodes: Record<string, MemberSeries>;
  without_column: { dataset: string; nodes: string[] }[];
}

export interface MemberSeries {
  actual: (number | null)[];
  target: (number | null)[];
  attainment: (number | null)[];
  status: Status[];
  reason: (Reason | null)[];
}

/** One statement that was asked of a database. */
export interface Query {
  dataset_uuid?: string;
  dataset: string;
  metrics: string[];
  windows: [string | null, string | null][];
  columns: string[];
  apart: 'filters' | 'window' | 'labels' | null;
  rows: number | null;
  cached: boolean | null;
  /** When the database gave what came from the cache, in UTC. */
  cached_on: string | null;
  milliseconds: number;
  error: string | null;
  /** The statement as it was sent, where it was asked for and the viewer may see it. */
  sql?: string | null;
}

export interface EvaluateRequest {
  as_of?: string;
  /** A period's name, or a day in it; not together with `time_range`. */
  period?: string;
  time_range?: string;
  filters?: Filter[];
  force?: boolean;
  history?: number;
  overrides?: Overrides;
}

/** The evaluation for a picture asks for changes, or for the members of a column, besides. */
export type PictureRequest = EvaluateRequest & { compare?: PastKind[]; by?: string; sql?: boolean };

/** A column by whose members a tree can be told. */
export interface Dimension {
  column: string;
  label: string | null;
  datasets: string[];
  /** How many nodes it reaches. */
  nodes: number;
}

export type ExportRequest = EvaluateRequest & { by?: string; format: 'xlsx' | 'csv' };

/** What to suppose of a node: its number itself, or so many percent more. */
export type Supposed = { value: number } | { percent: number };
export type Overrides = Record<string, { actual?: Supposed; target?: Supposed }>;

export const COMPARISONS = ['target', 'previous_period', 'previous_year'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Contribution {
  key: string;
  kind: 'leaf' | 'remainder' | 'node';
  contribution: number | null;
  before: number | null;
  after: number | null;
  reason: Reason | null;
}

/** What adds to a change of the KGI: rows of kind leaf and remainder sum to it, rows of kind node are subtotals. */
export interface Contributions {
  window: EvaluationWindow;
  compared_with: EvaluationWindow | null;
  change: number | null;
  contributions: Contribution[];
  reason: Reason | null;
}

/** What a node must be for the goal to meet its target. */
export interface Sought {
  key: string;
  goal: string;
  present: number | null;
  value: number | null;
  reached: number | null;
  wanted: number | null;
  sensitivity: number | null;
  reason: Reason | null;
}

export interface ComponentProof {
  parent: string;
  children: string[];
  verdict: 'proven' | 'disproven' | 'unproven';
  count: number;
  median: number | null;
  largest: number | null;
  unexplained: number | null;
  reasons: Record<string, Reason>;
  left_out: number;
  reason: Reason | null;
  /** The closed periods that were looked at, the earliest first. */
  periods: ProofPeriod[];
}

/** One closed period: what was measured beside what the formula gives. */
export interface ProofPeriod {
  name: string | null;
  since: string;
  until: string;
  measured: number | null;
  formula: number | null;
  /** |measured − formula| / |measured|; null where a side is undefined, or where it is infinite. */
  error: number | null;
  unexplained: number | null;
  reasons: Record<string, Reason>;
  /** Whether the formula holds within the tolerance, as an infinite error does not; null where a side is undefined. */
  holds: boolean | null;
}

export interface InfluenceProof {
  parent: string;
  child: string;
  lag: number;
  expected_sign: 'positive' | 'negative';
  verdict: 'supported' | 'contradicted' | 'not_shown';
  count: number;
  correlation: number | null;
  p_value: number | null;
  reasons: Record<string, Reason>;
  left_out: number;
  reason: Reason | null;
  note: string;
}

export interface Proof {
  window: EvaluationWindow;
  tolerance: number;
  components: ComponentProof[];
  influences: InfluenceProof[];
}
