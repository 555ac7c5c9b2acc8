/**
 * Heights that last in the host's picture of a dashboard: it takes the height of every element away and leaves the
 * least one, so that what has no words in it, such as a bar, would be gone.
 */
export const tall = (height: number | string) => ({ height, minHeight: height });

/** The same for the heights of a style sheet. */
export const withLeastHeights = (styles: string): string => styles.replace(/([{;])height:([\d.]+px)/g, '$1height:$2;min-height:$2');
