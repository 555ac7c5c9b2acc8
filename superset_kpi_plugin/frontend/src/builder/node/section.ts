import type { Preview, NodeDoc, TreeDoc } from '../draft/document';

export type Change = (doc: TreeDoc) => TreeDoc;

/** What every part of the form is given. */
export interface SectionProps {
  doc: TreeDoc;
  node: NodeDoc;
  preview: Preview | null;
  /** What is wrong with a field of this node. */
  errorsOf(field: string): string[];
  onChange(change: Change, label: string): void;
}
