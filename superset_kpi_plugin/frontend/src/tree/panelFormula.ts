/** A formula as words: the names of the drivers in place of their keys, and the signs people write. */
import type { Operator } from '../api/types';
import { OPERATOR_SIGNS } from './words';

export type FormulaPart = { kind: 'driver'; key: string } | { kind: 'sign' | 'number'; text: string };

const TOKEN = /\s*([a-z][a-z0-9_]*|\d+(?:\.\d+)?|[-+*/()])/y;

export function formulaParts(formula: string): FormulaPart[] {
  const parts: FormulaPart[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(formula); found; found = TOKEN.exec(formula)) {
    const text = found[1]!;
    if (/^[a-z]/.test(text)) parts.push({ kind: 'driver', key: text });
    else if (/^\d/.test(text)) parts.push({ kind: 'number', text });
    else parts.push({ kind: 'sign', text: OPERATOR_SIGNS[text as Operator] ?? text });
  }
  return parts;
}

/** "Revenue = Orders × Average order value". */
export function formulaInWords(name: string, formula: string, nameOf: (key: string) => string): string {
  const words = formulaParts(formula).map(part => (part.kind === 'driver' ? nameOf(part.key) : part.text));
  return `${name} = ${words.join(' ')}`.replace(/\( /g, '(').replace(/ \)/g, ')');
}
