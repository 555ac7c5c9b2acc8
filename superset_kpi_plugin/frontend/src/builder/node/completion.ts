/** Completing a formula: which word the caret stands in, and which keys it may become. */
import { best, type Candidate } from './match';

export interface Completion extends Candidate {
  /** The whole formula with the word replaced. */
  formula: string;
}

const WORD_BEFORE = /[a-z][a-z0-9_]*$/i;
const WORD_AFTER = /^[a-z0-9_]*/i;

/** The keys that fit the word at the caret, the likeliest first; none inside a number, or where the word is a key. */
export function completions(formula: string, caret: number, candidates: readonly Candidate[]): Completion[] {
  const before = formula.slice(0, caret);
  const word = WORD_BEFORE.exec(before)?.[0] ?? '';
  if (!word && !/(^|[-+*/(\s])$/.test(before)) return [];
  if (candidates.some(({ key }) => key === word)) return [];
  const start = before.slice(0, before.length - word.length);
  const end = formula.slice(caret).replace(WORD_AFTER, '');
  return best(word, candidates).map(one => ({ ...one, formula: start + one.key + end }));
}
