/** The page's words that are chosen by a value; translated where they are used. */
import type { Order } from './list/listState';

export const WAYS = ['catalogue', 'metric', 'copy', 'file', 'blank'] as const;
export type Way = (typeof WAYS)[number];

export const WAY_NAMES: Record<Way, string> = {
  catalogue: 'From the catalogue',
  metric: 'From a metric',
  copy: 'From a tree',
  file: 'From a file',
  blank: 'From nothing',
};

export const WAY_WORDS: Record<Way, string> = {
  catalogue: 'Goals of marketing and sales, with the KPIs that drive them',
  metric: 'The tree that a saved metric’s own SQL implies',
  copy: 'A copy of one that you may read',
  file: 'Exported here, or on another Superset',
  blank: 'A goal, and you do the rest',
};

export const ORDER_WORDS: Record<Order, string> = {
  changed_on: 'Last updated',
  name: 'Name',
  published: 'Published first',
  attainment: 'Furthest from the goal',
};
