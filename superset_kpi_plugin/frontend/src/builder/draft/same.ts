/** Whether two values of a document say the same, whatever the order of their fields. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, index) => same(one, b[index]));
  }
  const [left, right] = [a, b] as Record<string, unknown>[];
  const names = Object.keys(left!);
  return names.length === Object.keys(right!).length && names.every(name => name in right! && same(left![name], right![name]));
}
