interface Props {
  /** The tree's uuid or slug; null for one that is not saved yet. */
  tree: string | null;
}

/** Where the editor stands. */
export function EditPage(_: Props) {
  return null;
}
