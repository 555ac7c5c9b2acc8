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
