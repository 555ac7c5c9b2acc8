/** Formulas as text: which keys they name. What they mean, and whether they are right, the server says. */

const WORD = /[0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_]*/g;
const isKey = (word: string) => /^[a-z]/.test(word);

/** The keys a formula names, each once, in the order of their first appearance. */
export function namesIn(formula: string | null): string[] {
  return [...new Set((formula ?? '').match(WORD) ?? [])].filter(isKey);
}

/** The same formula with other keys. */
export function renameIn(formula: string | null, name: (key: string) => string): string | null {
  return formula === null ? null : formula.replace(WORD, word => (isKey(word) ? name(word) : word));
}
