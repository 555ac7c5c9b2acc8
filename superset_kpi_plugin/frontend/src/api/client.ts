import { SupersetClient } from '@superset-ui/core';
import { ApiError, jsonOf, readError } from './http';
import type {
  Comparison,
  Contributions,
  Dimension,
  EvaluateRequest,
  Evaluation,
  ExportRequest,
  Overrides,
  PictureRequest,
  Proof,
  Sought,
} from './types';

export { ApiError, readError };

/** Computes a tree on the server. Rejects with ApiError, or with the AbortError of its signal. */
export function evaluate(tree: string, request: PictureRequest, signal: AbortSignal): Promise<Evaluation> {
  return ask(tree, 'evaluate', request, signal);
}

/** What adds to a change of the KGI; rejects as `evaluate` does, like all of these. */
export function explain(
  tree: string,
  request: EvaluateRequest & { compare: Comparison },
  signal: AbortSignal,
): Promise<Contributions> {
  return ask(tree, 'contributions', request, signal);
}

/** What a node must be for the KGI to meet its target. */
export function seek(
  tree: string,
  request: EvaluateRequest & { key: string; overrides?: Overrides },
  signal: AbortSignal,
): Promise<Sought> {
  return ask(tree, 'seek', request, signal);
}

/** Whether the children explain their parents; closed periods only, so it takes no time range. */
export function prove(
  tree: string,
  request: Pick<EvaluateRequest, 'as_of' | 'filters' | 'force'>,
  signal: AbortSignal,
): Promise<Proof> {
  return ask(tree, 'proof', request, signal);
}

/** The columns that the tree can be told by, of datasets that the viewer may read. */
export async function listDimensions(tree: string, signal: AbortSignal): Promise<Dimension[]> {
  const call = SupersetClient.get({ endpoint: `${pathOf(tree)}/dimensions`, signal });
  return ((await jsonOf(call, signal)) as { result: Dimension[] }).result;
}

export interface Download {
  name: string;
  content: Blob;
}

/** The evaluation as a file, written by the server for whoever may export. */
export async function exportFile(tree: string, request: ExportRequest): Promise<Download> {
  try {
    // With parseMethod "raw" the host gives the response itself.
    const response = (await SupersetClient.post({
      endpoint: `${pathOf(tree)}/download`,
      jsonPayload: request,
      parseMethod: 'raw',
    })) as unknown as Response;
    const [, name] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
    return { name: name ? decodeURIComponent(name) : `tree.${request.format}`, content: await response.blob() };
  } catch (failure) {
    throw await readError(failure);
  }
}

const pathOf = (tree: string): string => `/api/v1/kpi_tree/${encodeURIComponent(tree)}`;

async function ask<Answer>(tree: string, verb: string, request: object, signal: AbortSignal): Promise<Answer> {
  const call = SupersetClient.post({
    endpoint: `${pathOf(tree)}/${verb}`,
    jsonPayload: request,
    signal,
  });
  return ((await jsonOf(call, signal)) as { result: Answer }).result;
}
