/** One way to ask the server, and one kind of error for whatever goes wrong. */

/** Why there is no answer: `hidden` covers both what one may not see and what does not exist. */
export class ApiError extends Error {
  constructor(
    readonly kind: 'hidden' | 'failed',
    message: string,
    /** The HTTP status; 0 where no server answered. */
    readonly status = 0,
    /** What is wrong with which field of a refused document, by its path. */
    readonly errors: Record<string, string[]> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The server's answer as JSON. Rejects with ApiError, or with the AbortError of the signal. */
export async function jsonOf(call: Promise<{ json: unknown }>, signal?: AbortSignal): Promise<unknown> {
  try {
    return (await call).json;
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw await readError(failure);
  }
}

/** SupersetClient rejects with a Response where the server answered, and with an Error or a bare object where not. */
export async function readError(failure: unknown): Promise<ApiError> {
  if (failure instanceof ApiError) return failure;
  if (isResponse(failure)) {
    const hidden = failure.status === 403 || failure.status === 404;
    const message = await messageOf(failure);
    const text = typeof message === 'string' ? message : flatten(message);
    return new ApiError(hidden ? 'hidden' : 'failed', text, failure.status, errorsOf(message));
  }
  // A page where JSON was asked for is the login, to which the host sends a form that comes without a session.
  if ((failure as Error | null)?.name === 'SyntaxError') return new ApiError('failed', '', 401);
  // fetch itself has failed: "Failed to fetch" is the browser's English, and says no more than that.
  if (failure instanceof TypeError) return new ApiError('failed', '');
  const { message, statusText } = (failure ?? {}) as { message?: string; statusText?: string };
  return new ApiError('failed', message || statusText || '');
}

function isResponse(failure: unknown): failure is Response {
  return typeof failure === 'object' && failure !== null && 'status' in failure && 'json' in failure;
}

async function messageOf(response: Response): Promise<unknown> {
  try {
    const { message, errors } = (await response.json()) as { message?: unknown; errors?: { message?: string }[] };
    // Superset's own errors, such as a token that is missing, come as a list.
    return message ?? errors?.map(error => error.message).join(' ');
  } catch {
    return `${response.status} ${response.statusText}`.trim();
  }
}

/** A refused document's message maps paths to lists of what is wrong. */
function errorsOf(message: unknown): Record<string, string[]> {
  if (typeof message !== 'object' || message === null) return {};
  return Object.fromEntries(
    Object.entries(message).map(([path, wrong]) => [path, (Array.isArray(wrong) ? wrong : [wrong]).map(String)]),
  );
}

/** One line for each path. */
function flatten(message: unknown): string {
  return Object.entries(errorsOf(message))
    .map(([path, wrong]) => `${path}: ${wrong.join(' ')}`)
    .join('\n');
}
