/** Formulas as text: which keys they name. What they mean, and whether they are right, the server says. */

const WORD = /[0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_]*/g;
const isKey = (word: string) => /^[a-z]/.test(word);

/** The keys a formula names, each once, in the order of their first appearance. */
export function namesIn(formula: string | null): string[] {
  return [...new Set((formula ?? '').match(WORD) ?? [])].filter(isKey);
}

const KEPT = /`([a-z0-9_.+\-*/() ]+)`$/gm;

/** A formula that holds no more, as a description keeps it. */
export const keepInWords = (words: string, formula: string): string => `${words} \`${formula.replace(/\s+/g, ' ')}\``;

/** The formula that a description keeps, the last of several; null where there is none. */
export function keptFormula(description: string): string | null {
  const kept = [...description.matchAll(KEPT)].map(([, formula]) => formula!).filter(formula => namesIn(formula).length > 0);
  return kept[kept.length - 1] ?? null;
}

/** The same formula with other keys. */
export function renameIn(formula: string | null, name: (key: string) => string): string | null {
  return formula === null ? null : formula.replace(WORD, word => (isKey(word) ? name(word) : word));
}
