/** What a new tree begins with, handed from the start to the editor. A reload takes it from the editor's own draft. */
import type { TreeDoc } from '../../builder/draft/document';

let begun: TreeDoc | undefined;

export function begin(document: TreeDoc): void {
  begun = document;
}

export function takeBegun(): TreeDoc | undefined {
  const document = begun;
  begun = undefined;
  return document;
}
