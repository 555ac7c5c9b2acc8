/**
 * Evaluations that were read past the cache. What is asked about one of them later must be as fresh as it is: its
 * statements are others, and the cache may hold them from before the refresh.
 */
const forced = new WeakSet<object>();

export function noteForced(evaluation: object): void {
  forced.add(evaluation);
}

/** What a question about this evaluation must say. */
export function asFreshAs(evaluation: object): { force?: true } {
  return forced.has(evaluation) ? { force: true } : {};
}
