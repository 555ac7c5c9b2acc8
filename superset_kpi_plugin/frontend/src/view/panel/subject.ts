import type { EvaluateRequest, Evaluation, NodeResult, Overrides, TreeNode } from '../../api/types';
import type { WhatIf } from '../whatif/useWhatIf';

/** What every part of the panel is about. */
export interface Subject {
  /** The tree's uuid or slug, as the API takes it. */
  tree: string;
  /** What the evaluation was asked for, as fresh as it is. */
  request: EvaluateRequest;
  /** Of how many periods it tells. */
  history: number;
  /** The column that the tree is divided by; empty where none is chosen. */
  column: string;
  /** What is: never a supposed number. */
  real: Evaluation;
  /** What the tree shows: as it is, or as it would be. */
  shown: Evaluation;
  whatIf: WhatIf;
  onSelect: (key: string) => void;
}

export function nodeOf({ tree }: Evaluation, key: string): TreeNode | undefined {
  return tree.nodes.find(node => node.key === key);
}

export const nameOf = (evaluation: Evaluation, key: string): string => nodeOf(evaluation, key)?.name ?? key;

export const resultOf = ({ nodes }: Evaluation, key: string): NodeResult | undefined => nodes[key];

/** The request with what is supposed, where anything is. */
export function supposing(request: EvaluateRequest, { active, overrides }: WhatIf): EvaluateRequest & { overrides?: Overrides } {
  return active ? { ...request, overrides } : request;
}
