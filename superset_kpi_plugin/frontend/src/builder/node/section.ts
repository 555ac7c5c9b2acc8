import type { Preview, NodeDoc, TreeDoc } from '../draft/document';

export type Change = (doc: TreeDoc) => TreeDoc;

/** A field whose dialog opens with the form, for what is to be mended there. */
export interface Opening {
  field: string;
  /** The first day of the period that it is about. */
  since: string | null;
  /** Once the dialog is closed again. */
  onClosed(): void;
}

/** What every part of the form is given. */
export interface SectionProps {
  doc: TreeDoc;
  node: NodeDoc;
  preview: Preview | null;
  /** What is wrong with a field of this node. */
  errorsOf(field: string): string[];
  onChange(change: Change, label: string): void;
  opening?: Opening;
}
