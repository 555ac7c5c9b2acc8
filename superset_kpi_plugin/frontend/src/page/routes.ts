/** The page's addresses, below the base that the server tells. */

export type Route =
  | { name: 'list' }
  | { name: 'start' }
  | { name: 'tree'; tree: string }
  | { name: 'edit'; tree: string | null };

/** What an address means; null where it is not one of the page's. `new/edit/` edits a tree that is not saved yet. */
export function routeOf(pathname: string, base: string): Route | null {
  const root = base.endsWith('/') ? base : `${base}/`;
  if (`${pathname}/` === root) return { name: 'list' };
  if (!pathname.startsWith(root)) return null;
  const [first, second, ...rest] = pathname.slice(root.length).split('/').filter(Boolean).map(decoded);
  if (first === undefined) return { name: 'list' };
  if (rest.length || (second !== undefined && second !== 'edit')) return null;
  if (second === 'edit') return { name: 'edit', tree: first === 'new' ? null : first };
  return first === 'new' ? { name: 'start' } : { name: 'tree', tree: first };
}

export function pathOf(route: Route, base: string): string {
  const root = base.endsWith('/') ? base : `${base}/`;
  switch (route.name) {
    case 'list':
      return root;
    case 'start':
      return `${root}new/`;
    case 'tree':
      return `${root}${encodeURIComponent(route.tree)}/`;
    case 'edit':
      return `${root}${route.tree === null ? 'new' : encodeURIComponent(route.tree)}/edit/`;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
