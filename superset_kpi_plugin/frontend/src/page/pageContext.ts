import type { HostTheme } from '@superset-ui/core';
import { createContext, useContext } from 'react';
import type { Viewer } from './bootstrap';

export interface PageGiven {
  viewer: Viewer;
  tokens: HostTheme;
  dark: boolean;
}

export const PageContext = createContext<PageGiven | null>(null);

/** Who reads the page, and how the host looks. */
export function usePage(): PageGiven {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage outside of the page');
  return page;
}
