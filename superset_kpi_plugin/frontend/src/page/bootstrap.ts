/** What the host's page tells about itself and its reader. */
import type { HostTheme } from '@superset-ui/core';

interface ThemeConfig {
  token?: HostTheme;
  algorithm?: string | string[];
}

interface Bootstrap {
  user?: {
    userId?: number;
    firstName?: string;
    lastName?: string;
    username?: string;
    isAnonymous?: boolean;
    roles?: Record<string, [string, string][]>;
  };
  common?: {
    theme?: { default?: ThemeConfig; dark?: ThemeConfig };
    conf?: Record<string, unknown>;
  };
}

export interface Viewer {
  /** Null for somebody who is not logged in. */
  id: number | null;
  name: string;
  admin: boolean;
  /** Whether the roles let them do this: `may('can_write', 'KpiTree')`. */
  may: (permission: string, view: string) => boolean;
}

let read: Bootstrap | undefined;

export function bootstrap(): Bootstrap {
  if (!read) {
    try {
      read = JSON.parse(document.getElementById('app')?.dataset.bootstrap ?? '{}') as Bootstrap;
    } catch {
      read = {};
    }
  }
  return read;
}

/** The one who reads the page. What they may really do, the server decides: this is for what to offer them. */
export function viewerOf({ user = {} }: Bootstrap): Viewer {
  const roles = user.roles ?? {};
  const granted = new Set(Object.values(roles).flatMap(permissions => permissions.map(([name, view]) => `${name} ${view}`)));
  return {
    id: user.userId ?? null,
    name: [user.firstName, user.lastName].filter(Boolean).join(' ') || user.username || '',
    admin: 'Admin' in roles,
    may: (permission, view) => granted.has(`${permission} ${view}`),
  };
}
