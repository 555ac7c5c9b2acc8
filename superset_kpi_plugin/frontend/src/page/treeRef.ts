import type { Route } from './routes';

interface Named {
  uuid: string;
  slug: string | null;
}

/** What a tree is called in an address: its slug, unless that is a word of the page's own. */
export const refOf = ({ uuid, slug }: Named): string => (slug && slug !== 'new' ? slug : uuid);

export const treeRoute = (tree: Named): Route => ({ name: 'tree', tree: refOf(tree) });
export const editRoute = (tree: Named): Route => ({ name: 'edit', tree: refOf(tree) });
