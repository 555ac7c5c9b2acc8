import { SupersetClient } from '@superset-ui/core';
import type { Comparison, Contributions, EvaluateRequest, Evaluation, Overrides, PictureRequest, Proof, Sought } from './types';

/** Why there is no evaluation: `hidden` covers both a tree one may not see and one that does not exist. */
export class ApiError extends Error {
  constructor(
    readonly kind: 'hidden' | 'failed',
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

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
  request: Pick<EvaluateRequest, 'as_of' | 'filters'>,
  signal: AbortSignal,
): Promise<Proof> {
  return ask(tree, 'proof', request, signal);
}

async function ask<Answer>(tree: string, verb: string, request: object, signal: AbortSignal): Promise<Answer> {
  try {
    const { json } = await SupersetClient.post({
      endpoint: `/api/v1/kpi_tree/${encodeURIComponent(tree)}/${verb}`,
      jsonPayload: request,
      signal,
    });
    return (json as { result: Answer }).result;
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw await readError(failure);
  }
}

/** SupersetClient rejects with a Response where the server answered, and with an Error or a bare object where not. */
async function readError(failure: unknown): Promise<ApiError> {
  if (failure instanceof ApiError) return failure;
  if (isResponse(failure)) {
    const hidden = failure.status === 403 || failure.status === 404;
    return new ApiError(hidden ? 'hidden' : 'failed', await messageOf(failure));
  }
  // fetch itself has failed: "Failed to fetch" is the browser's English, and says no more than that.
  if (failure instanceof TypeError) return new ApiError('failed', '');
  const { message, statusText } = (failure ?? {}) as { message?: string; statusText?: string };
  return new ApiError('failed', message || statusText || '');
}

function isResponse(failure: unknown): failure is Response {
  return typeof failure === 'object' && failure !== null && 'status' in failure && 'json' in failure;
}

async function messageOf(response: Response): Promise<string> {
  try {
    const { message } = (await response.json()) as { message?: unknown };
    return typeof message === 'string' ? message : flatten(message);
  } catch {
    return `${response.status} ${response.statusText}`.trim();
  }
}

/** A refused document's message maps paths to lists of what is wrong: one line for each path. */
function flatten(message: unknown): string {
  if (typeof message !== 'object' || message === null) return '';
  return Object.entries(message)
    .map(([path, wrong]) => `${path}: ${Array.isArray(wrong) ? wrong.join(' ') : String(wrong)}`)
    .join('\n');
}
