/** The domain's formats bound to the host's formatter, which knows the operator's separators and currency. */
import { getNumberFormatter } from '@superset-ui/core';
import { fitText, formatAmount, formatCompact, formatShare, type Fitted, type Shape } from '../tree/format';

const hostFormat = (format: string, value: number): string => getNumberFormatter(format)(value);

export const amount = (value: number | null, shape: Shape): string => formatAmount(value, shape, hostFormat);

export const share = (value: number | null): string => formatShare(value, hostFormat);

/** An amount written as large, and as fully, as the width allows. */
export function fittedAmount(value: number | null, shape: Shape, width: number, sizes: [number, number]): Fitted {
  return fitText(amount(value, shape), formatCompact(value, shape, hostFormat), width, ...sizes);
}

/** A difference: always with its sign. */
export const signedAmount = (value: number | null, shape: Shape): string => withSign(value, amount(value, shape));

export const signedShare = (value: number | null): string => withSign(value, share(value));

function withSign(value: number | null, text: string): string {
  return value !== null && value > 0 ? `+${text}` : text;
}

/** A number of no node: a count of milliseconds, a correlation, a p-value. */
export const plain = (value: number): string => hostFormat(Math.abs(value) >= 1000 ? ',.0f' : ',.3~g', value);
