import { useEffect, useState } from 'react';
import { listDimensions } from '../../api/client';
import type { Dimension } from '../../api/types';

/** The columns to choose from; null until they are known, and where they cannot be had. */
export function useDimensions(tree: string): Dimension[] | null {
  const [told, set] = useState<Dimension[] | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    listDimensions(tree, controller.signal).then(
      columns => !controller.signal.aborted && set(columns),
      // A column can still be typed in.
      () => !controller.signal.aborted && set(null),
    );
    return () => controller.abort();
  }, [tree]);
  return told;
}
