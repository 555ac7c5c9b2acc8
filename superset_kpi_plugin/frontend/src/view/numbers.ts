/** The domain's formats bound to the host's formatter, which knows the operator's separators and currency. */
import { getNumberFormatter } from '@superset-ui/core';
import { fitText, formatAmount, formatCompact, formatShare, type Fitted, type Shape } from '../tree/format';

const hostFormat = (format: string, value: number): string => getNumberFormatter(format)(value);

export const amount = (value: number | null, shape: Shape): string => formatAmount(value, shape, hostFormat);

export const share = (value: number | null): string => formatShare(value, hostFormat);

/** An amount written as large, and as fully, as the width allows: smaller, then shorter, then without its unit. */
export function fittedAmount(value: number | null, shape: Shape, width: number, sizes: [number, number]): Fitted {
  const fitted = fitText(amount(value, shape), formatCompact(value, shape, hostFormat), width, ...sizes);
  if (fitted.fontSize >= sizes[1] || !shape.unit) return fitted;
  return fittedAmount(value, { ...shape, unit: null }, width, sizes);
}

/** An amount in a line of text: whole where that is short, else shortened. */
export const briefAmount = (value: number | null, shape: Shape, width: number): string => fittedAmount(value, shape, width, [11, 11]).text;

/** A difference: always with its sign. */
export const signedAmount = (value: number | null, shape: Shape): string => withSign(value, amount(value, shape));

export const signedShare = (value: number | null): string => withSign(value, share(value));

export const signedBrief = (value: number | null, shape: Shape, width: number): string =>
  withSign(value, briefAmount(value, shape, width));

function withSign(value: number | null, text: string): string {
  return value !== null && value > 0 ? `+${text}` : text;
}

/** A number of no node: a count of milliseconds, a correlation, a p-value. */
export const plain = (value: number): string => hostFormat(Math.abs(value) >= 1000 ? ',.0f' : ',.3~g', value);
