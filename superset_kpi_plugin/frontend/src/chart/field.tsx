/** What controls of this plugin's own share, so that they look as those of the host beside them do. */
import * as controls from '@superset-ui/chart-controls';
import * as core from '@superset-ui/core';
import React, { useMemo, type CSSProperties } from 'react';
import { cssVariables } from '../view/theme';

export const FIELD: CSSProperties = {
  width: '100%', height: 32, padding: '4px 11px', font: 'inherit', fontSize: 14, color: 'var(--kpi-text)', background: 'var(--kpi-bg)',
  border: '1px solid var(--kpi-field)', borderRadius: 'var(--kpi-radius)', outlineColor: 'var(--kpi-primary)',
};
const LABEL: CSSProperties = { fontSize: 12, marginBottom: 2 };

/** The host's label, which says what is wrong with the value as well. */
export function ControlLabel(props: object) {
  const Header = controls.ControlHeader;
  return Header ? <div style={LABEL}><Header {...props} /></div> : null;
}

/** The host's colours, read anew when `at` changes: its theme may have been switched since. */
export function useColors(at?: unknown): CSSProperties {
  return useMemo(() => {
    const tokens = window.superset?.theme?.themeObject?.theme ?? core.themeObject?.theme ?? core.supersetTheme ?? {};
    const variables = cssVariables(tokens);
    const edge = typeof tokens.colorBorder === 'string' ? tokens.colorBorder : variables['--kpi-border'];
    return { ...variables, '--kpi-field': edge } as CSSProperties;
  }, [at]);
}
