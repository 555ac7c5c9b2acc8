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
  | 'not_forecast';

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
  | 'unexplained';

export type NodeResult = Record<NumberName, number | null> & {
  status: Status;
  reason: ReasonCode | null;
  reasons: Partial<Record<NumberName, Reason>>;
  data_through: string | null;
};

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
  filters_not_applied: { filter: Filter; nodes: string[] }[];
}

export interface EvaluateRequest {
  as_of?: string;
  time_range?: string;
  filters?: Filter[];
  force?: boolean;
}
