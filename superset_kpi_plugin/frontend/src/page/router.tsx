import React, { createContext, useCallback, useContext, useEffect, useMemo, useState, type AnchorHTMLAttributes, type ReactNode } from 'react';
import { pathOf, routeOf, type Route } from './routes';

interface Router {
  /** Null where the address is none of the page's. */
  route: Route | null;
  /** The address's parameters, as `?a=b`. */
  search: string;
  go: (route: Route, search?: string) => void;
  /** Writes the parameters into the address, without a step to come back to. */
  note: (search: string) => void;
  hrefOf: (route: Route) => string;
}

/** What holds the page that the address tells of. */
export const PAGE_ID = 'kpi-page';

const RouterContext = createContext<Router | null>(null);

interface Props {
  base: string;
  children: ReactNode;
}

const here = () => ({ pathname: window.location.pathname, search: window.location.search });
// Those of the browser: the window's own are wrapped for the host's links (leaving.ts).
const { pushState, replaceState } = History.prototype;

export function RouterProvider({ base, children }: Props) {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const follow = () => setPlace(here());
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const go = useCallback(
    (route: Route, search = '') => {
      pushState.call(window.history, null, '', pathOf(route, base) + search);
      // The keyboard goes to the new page, unless that takes it further itself.
      document.getElementById(PAGE_ID)?.focus({ preventScroll: true });
      setPlace(here());
      window.scrollTo(0, 0);
    },
    [base],
  );
  const note = useCallback((search: string) => {
    replaceState.call(window.history, window.history.state, '', window.location.pathname + search);
    setPlace(here());
  }, []);
  const router = useMemo<Router>(
    () => ({
      route: routeOf(place.pathname, base),
      search: place.search,
      go,
      note,
      hrefOf: route => pathOf(route, base),
    }),
    [place, base, go, note],
  );
  return <RouterContext.Provider value={router}>{children}</RouterContext.Provider>;
}

export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (!router) throw new Error('useRouter outside of RouterProvider');
  return router;
}

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: Route; search?: string };

/** A link inside the page. It is a real one: it opens in a new tab as any other does. */
export function Link({ to, search = '', onClick, ...rest }: LinkProps) {
  const { go, hrefOf } = useRouter();
  return (
    <a
      {...rest}
      href={hrefOf(to) + search}
      onClick={event => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to, search);
      }}
    />
  );
}
