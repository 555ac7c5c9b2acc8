/** Numbers as people write them and spreadsheets copy them. Reads and writes digits; it computes nothing. */

export interface Separators {
  group: string;
  decimal: string;
}

export function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const find = (type: string, otherwise: string) => parts.find(part => part.type === type)?.value ?? otherwise;
  return { group: find('group', ','), decimal: find('decimal', '.') };
}

/**
 * The number a text means: "1,234.5", "$ 1.2", "12 %" (0.12), "(5)" (−5), and as a Japanese keyboard writes it "１２".
 * Null where it is empty, NaN where it is none, or none that can be kept.
 */
export function readNumber(text: string, { group, decimal }: Separators): number | null {
  const bare = text.normalize('NFKC').replace(/[\s\u00a0\u202f$€£¥₫₩₹]/g, '').replace(/[−–]/g, '-');
  if (bare === '') return null;
  const negative = /^\(.*\)$/.test(bare);
  const percent = bare.endsWith('%') || bare.endsWith('%)');
  const digits = plainDigits(bare.replace(/[()%]/g, ''), { group, decimal });
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return NaN;
  // The point is moved in the text, since 0.07 * 100 is not 7.
  const value = Number(percent ? movedPoint(digits, -2) : digits);
  if (!Number.isFinite(value)) return NaN;
  return negative ? -value : value;
}

/** A number as one may type it again: every digit, no grouping, in percent where the node is shown so. */
export function writeNumber(value: number | null, percent: boolean, { decimal }: Separators): string {
  if (value === null) return '';
  const text = percent ? `${Number(movedPoint(String(value), 2))}%` : String(value);
  return text.replace('.', decimal);
}

/** The cells of what a spreadsheet copies. */
export function readCells(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  return lines.map(line => line.split('\t'));
}

function plainDigits(text: string, { group, decimal }: Separators): string {
  const point = pointOf(text, group, decimal);
  return [...text].map(sign => (sign === point ? '.' : sign === group || sign === decimal ? '' : sign)).join('');
}

/** Which sign is the decimal point: the locale's, unless the text can only have been written elsewhere. */
function pointOf(text: string, group: string, decimal: string): string {
  const last = Math.max(text.lastIndexOf(group), text.lastIndexOf(decimal));
  if (text.includes(group) && text.includes(decimal)) return text[last]!;
  const grouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+$`).test(text);
  return text.includes(group) && !grouped && text.split(group).length === 2 ? group : decimal;
}

function movedPoint(digits: string, by: number): string {
  const [mantissa, exponent = '0'] = digits.toLowerCase().split('e');
  return `${mantissa}e${Number(exponent) + by}`;
}
