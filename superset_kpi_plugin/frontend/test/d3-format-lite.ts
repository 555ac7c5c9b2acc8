/** Enough of d3-format for the specifiers the tests use: $ , .N ~ and f, %, s, e, g. */
export function format(specifier: string, value: number): string {
  const [, currency, comma, precision, trim, type] =
    /^(\$)?(,)?(?:\.(\d+))?(~)?([f%seg])$/.exec(specifier) ?? fail(specifier);
  const digits = Number(precision ?? 6);
  const sign = value < 0 ? '-' : '';
  const text = write(Math.abs(value), type!, digits, Boolean(trim), Boolean(comma));
  return `${sign}${currency ?? ''}${text}`;
}

function write(size: number, type: string, digits: number, trim: boolean, comma: boolean): string {
  const options = { minimumFractionDigits: trim ? 0 : digits, maximumFractionDigits: digits, useGrouping: comma };
  switch (type) {
    case '%':
      return `${new Intl.NumberFormat('en', options).format(size * 100)}%`;
    case 'e':
      return size.toExponential(digits);
    case 's': {
      const step = Math.max(Math.min(Math.floor(Math.log10(size || 1) / 3), 8), -8);
      const prefix = ['y', 'z', 'a', 'f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'][step + 8];
      return `${Number((size / 10 ** (step * 3)).toPrecision(digits))}${prefix}`;
    }
    case 'g':
      return new Intl.NumberFormat('en', { maximumSignificantDigits: digits, useGrouping: comma }).format(size);
    default:
      return new Intl.NumberFormat('en', options).format(size);
  }
}

function fail(specifier: string): never {
  throw new Error(`a format the tests do not know: ${specifier}`);
}
