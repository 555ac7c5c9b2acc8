import * as core from '@superset-ui/core';
import type { HostTheme } from '@superset-ui/core';
import { theme as antd, type ThemeConfig } from 'antd';
import { useEffect, useState } from 'react';
import { AA, contrast, cssVariables, isDark, readable } from '../view/theme';
import { bootstrap } from './bootstrap';

export interface PageTheme {
  /** The host's tokens, whole, as the chart's view takes them. */
  tokens: HostTheme;
  dark: boolean;
}

/** The host's theme, live: its toggle writes new styles into the page's head. */
export function useHostTheme(): PageTheme {
  const [tokens, setTokens] = useState(hostTokens);
  useEffect(() => {
    const follow = () => setTokens(hostTokens);
    const observer = new MutationObserver(follow);
    observer.observe(document.head, { childList: true, subtree: true });
    const preference = window.matchMedia('(prefers-color-scheme: dark)');
    preference.addEventListener('change', follow);
    return () => {
      observer.disconnect();
      preference.removeEventListener('change', follow);
    };
  }, []);
  return { tokens, dark: isDark(tokens) };
}

/** What of the host's colours is written in too little contrast, moved until it can be read, as the chart's is. */
export function readableTokens(tokens: HostTheme): Pick<ThemeConfig, 'token' | 'components'> {
  const colors = cssVariables(tokens);
  const [quiet, link, error] = [colors['--kpi-text-2'], colors['--kpi-primary-text'], colors['--kpi-error-text']!];
  const primary = readable(colors['--kpi-primary']!, '#ffffff');
  const hovered = readable((tokens.colorPrimaryHover as string | undefined) ?? link!, colors['--kpi-bg']!);
  return {
    token: {
      colorTextDescription: quiet,
      colorTextTertiary: quiet,
      colorTextPlaceholder: quiet,
      colorLink: link,
      colorLinkHover: hovered,
      colorError: error,
      colorWarningText: colors['--kpi-warning-text'],
    },
    components: {
      Button: { colorPrimary: primary, defaultHoverColor: hovered, defaultActiveColor: hovered, dangerColor: contrast('#ffffff', error) < AA ? '#000000' : '#ffffff' },
      Tag: { colorSuccess: colors['--kpi-success-text'] },
      Table: { rowSelectedHoverBg: tokens.colorPrimaryBg as string | undefined },
    },
  };
}

function hostTokens(): HostTheme {
  const live = window.superset?.theme?.themeObject?.theme ?? core.themeObject?.theme;
  if (live && 'colorBgContainer' in live) return live;
  return fromPalette(core.supersetTheme) ?? fromSeeds();
}

/** Superset 4.1 and 5.0 have a palette of their own, and no dark one. */
function fromPalette(palette: HostTheme | undefined): HostTheme | null {
  const colors = palette?.colors as Record<string, Record<string, string>> | undefined;
  if (!colors) return null;
  const families = (palette?.typography as { families?: { sansSerif?: string } } | undefined)?.families;
  return (legacy ??= antd.getDesignToken({
    token: {
      colorPrimary: colors.primary?.base,
      colorError: colors.error?.base,
      colorWarning: colors.warning?.base,
      colorSuccess: colors.success?.base,
      colorTextBase: colors.grayscale?.dark2,
      fontFamily: families?.sansSerif,
      borderRadius: 4,
    },
  }) as unknown as HostTheme);
}

let legacy: HostTheme | undefined;
const seeded: Partial<Record<'default' | 'dark', HostTheme>> = {};

/** Where nobody is logged in, Superset 6.1 keeps its theme to itself, and tells what it is made of. */
function fromSeeds(): HostTheme {
  const mode = localStorage.getItem('superset-theme-mode') ?? 'system';
  const themes = bootstrap().common?.theme;
  const wanted = mode === 'dark' || (mode === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  const name = wanted && themes?.dark?.token ? 'dark' : 'default';
  return (seeded[name] ??= antd.getDesignToken({
    token: themes?.[name]?.token ?? {},
    algorithm: name === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
  }) as unknown as HostTheme);
}
