/**
 * Numbers for people. Formats only: what a number is, the server has said.
 *
 * A number is never cut off. Where it is too long for its place it is written smaller, then shorter.
 */

export const DASH = '–';

/** The host's d3 formatter: it knows the operator's separators and currency. */
export type FormatNumber = (format: string, value: number) => string;

export interface Shape {
  d3format: string | null;
  unit: string | null;
}

const DEFAULT_FORMAT = ',.4~g';
const SYMBOL = /[$%€£¥₫₩₹]/;

/** A node's number in its own format, with the unit where the format does not already say it. */
export function formatAmount(value: number | null, { d3format, unit }: Shape, format: FormatNumber): string {
  if (value === null) return DASH;
  return withUnit(format(d3format || defaultFormat(value), value), unit, d3format);
}

/** The same number, short: what fits when the whole does not. */
export function formatCompact(value: number | null, { d3format, unit }: Shape, format: FormatNumber): string {
  if (value === null) return DASH;
  const size = Math.abs(value);
  const currency = d3format?.includes('$') ? '$' : '';
  if (d3format?.includes('%')) return format(size >= 1e4 ? '.2e' : ',.1~%', value);
  const short = size !== 0 && (size >= 1e15 || size < 1e-6) ? '.2e' : '.3~s';
  return withUnit(format(currency + short, value), unit, d3format);
}

/** A share such as attainment or score, 1 being 100 %. What is short of 100 % never reads as 100 %. */
export function formatShare(value: number | null, format: FormatNumber): string {
  if (value === null) return DASH;
  if (Math.abs(value) >= 1e4) return format('.2e', value * 100) + '%';
  return format(',.1~%', value < 1 && value >= 0.9995 ? 0.999 : value);
}

function defaultFormat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return '.3e';
  return size >= 1000 ? ',.0f' : DEFAULT_FORMAT;
}

function withUnit(text: string, unit: string | null, d3format: string | null): string {
  return !unit || SYMBOL.test(d3format ?? '') ? text : `${text}\u00a0${unit}`;
}

export interface Fitted {
  text: string;
  fontSize: number;
}

/** The largest font between the two sizes at which the full text fits the width, else the short text. */
export function fitText(full: string, short: string, width: number, largest: number, smallest: number): Fitted {
  const sizeFor = (text: string) => Math.min(largest, Math.floor(width / textWidth(text)));
  const size = sizeFor(full);
  if (size >= smallest) return { text: full, fontSize: size };
  const text = textWidth(short) < textWidth(full) ? short : full;
  return { text, fontSize: Math.max(sizeFor(text), 1) };
}

/** Roughly how wide a text is, in font sizes; a little wide on purpose, since fonts differ. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return Math.max(width, 0.3);
}

function characterWidth(character: string): number {
  if (/[\s.,:;'|ilj]/.test(character)) return 0.32;
  if (/[mwMW@%]/.test(character)) return 0.92;
  return character.codePointAt(0)! >= 0x2e80 ? 1.02 : 0.63;
}
