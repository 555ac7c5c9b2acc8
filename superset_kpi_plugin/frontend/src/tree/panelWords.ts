/** The closed sets that the panel tells in words. */
import type { Comparison, ComponentProof, Direction, InfluenceProof, Query, TreeNode } from '../api/types';
import { t } from '../i18n';
import type { LinkVerdict } from './linkProof';

export type Verdict = ComponentProof['verdict'] | InfluenceProof['verdict'];

const VERDICTS: Record<LinkVerdict, string> = {
  proven: 'Proven',
  disproven: 'Disproven',
  unproven: 'Not proven yet',
  supported: 'Supported',
  contradicted: 'Contradicted',
  not_shown: 'Not shown',
  definition: 'By definition',
};

const SOURCES: Record<TreeNode['source'], string> = {
  metric: 'Read from a dataset',
  formula: 'Computed from its drivers',
  manual: 'Typed in',
};

const DIRECTIONS: Record<Direction, string> = {
  increase: 'Higher is better',
  decrease: 'Lower is better',
  maintain: 'Best inside its band',
};

const ACCUMULATIONS: Record<TreeNode['accumulation'], string> = {
  flow: 'Flow: adds up over time',
  stock: 'Stock: a level at a day',
  rate: 'Rate: a ratio over the window',
};

const ROLLUPS: Record<TreeNode['rollup_method'], string> = {
  weighted_mean: 'Weighted mean of its drivers',
  worst: 'The worst of its drivers',
  best: 'The best of its drivers',
  share_on_track: 'Share of its drivers on track',
};

const COMPARISONS: Record<Comparison, string> = {
  target: 'From target to actual',
  previous_period: 'Since the period before',
  previous_year: 'Since a year before',
};

const APART: Record<NonNullable<Query['apart']>, string> = {
  filters: 'On its own: its filters pick rows that no grouping tells apart',
  window: 'On its own: its days overlap with those of others',
  labels: 'On its own: the database takes other texts for equal',
};

/** All of them, for the test of the translations. */
export const PANEL_WORDS: Record<string, string>[] = [
  VERDICTS, SOURCES, DIRECTIONS, ACCUMULATIONS, ROLLUPS, COMPARISONS, APART,
];

export const verdictWord = (verdict: LinkVerdict): string => t(VERDICTS[verdict] ?? verdict);
export const sourceWord = ({ source }: TreeNode): string => t(SOURCES[source] ?? source);
export const directionWord = ({ direction }: TreeNode): string => t(DIRECTIONS[direction] ?? direction);
export const accumulationWord = ({ accumulation }: TreeNode): string => t(ACCUMULATIONS[accumulation] ?? accumulation);
export const rollupWord = ({ rollup_method: method }: TreeNode): string => t(ROLLUPS[method] ?? method);
export const comparisonWord = (comparison: Comparison): string => t(COMPARISONS[comparison]);
export const apartWord = (apart: NonNullable<Query['apart']>): string => t(APART[apart] ?? apart);
