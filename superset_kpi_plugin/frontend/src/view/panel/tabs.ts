/** The sides of the tree that the panel tells of. */
export const TABS = ['details', 'contributions', 'what-if', 'data'] as const;
export type Tab = (typeof TABS)[number];
