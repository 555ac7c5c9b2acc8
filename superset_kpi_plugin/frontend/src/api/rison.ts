/** Writes a value the way Superset's APIs take their `q`. */
export type Risonable = string | number | boolean | null | readonly Risonable[] | { readonly [key: string]: Risonable };

export function rison(value: Risonable): string {
  if (value === null) return '!n';
  if (typeof value === 'boolean') return value ? '!t' : '!f';
  if (typeof value === 'number') return String(value).replace('+', '');
  if (typeof value === 'string') return text(value);
  if (isList(value)) return `!(${value.map(rison).join(',')})`;
  const pairs = Object.entries(value).map(([key, inner]) => `${text(key)}:${rison(inner)}`);
  return `(${pairs.join(',')})`;
}

function text(value: string): string {
  return /^[A-Za-z_][\w./~]*$/.test(value) ? value : `'${value.replace(/[!']/g, '!$&')}'`;
}

function isList(value: object): value is readonly Risonable[] {
  return Array.isArray(value);
}

/** A path with its `q`. */
export const asking = (path: string, q: Risonable): string => `${path}?q=${encodeURIComponent(rison(q))}`;
