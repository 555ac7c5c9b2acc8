import { useState } from 'react';
import type { Growth } from '../tree/layout';

const NAME = 'kpi-edit-growth';

/** Which way the tree grows on the canvas, as this browser's person last chose. */
export function useGrowth(): [Growth, (growth: Growth) => void] {
  const [growth, setGrowth] = useState<Growth>(() => (window.localStorage.getItem(NAME) === 'down' ? 'down' : 'right'));
  const choose = (next: Growth) => {
    setGrowth(next);
    window.localStorage.setItem(NAME, next);
  };
  return [growth, choose];
}
