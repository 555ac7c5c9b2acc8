import React, { useMemo, useState, type ReactNode } from 'react';
import type { EvaluateRequest, Evaluation } from '../../api/types';
import { marksOf, type MarkOf } from '../../tree/linkProof';
import { asFreshAs } from '../freshness';
import type { Memory } from '../memory';
import { useProof } from '../panel/useProof';
import { ProofBar } from './ProofBar';

export interface LinkProof {
  /** Whether the links show their proof. */
  on: boolean;
  toggle: () => void;
  /** What is known of each link; null until it was asked for and answered. */
  markOf: MarkOf | null;
  bar: ReactNode;
}

/** The proof of every link, asked once for each evaluation and only by who switches it on. */
export function useLinkProof(tree: string, request: EvaluateRequest, real: Evaluation, memory: Memory): LinkProof {
  const [on, setOn] = useState(memory.proof ?? false);
  memory.proof = on;
  const { answer, retry } = useProof({ tree, request: { ...request, ...asFreshAs(real) }, real }, on);
  const proof = on && answer.state === 'ready' ? answer.answer : null;
  const markOf = useMemo(() => proof && marksOf(proof), [proof]);
  return {
    on,
    toggle: () => setOn(!on),
    markOf,
    bar: on ? <ProofBar tree={real.tree} answer={answer} onRetry={retry} onClose={() => setOn(false)} /> : null,
  };
}
