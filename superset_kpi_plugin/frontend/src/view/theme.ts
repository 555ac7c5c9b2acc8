/**
 * The host's theme as CSS custom properties.
 *
 * 6.x hands over antd's tokens, 4.1 and 5.0 a palette of their own (`colors.*`). Status colours are then moved towards
 * black or white until they can be read as text on their own tint: antd's warning yellow on white cannot.
 */
import type { HostTheme } from '@superset-ui/core';
import { STATUSES, toneOf, type Tone } from '../tree/status';

type Rgb = [number, number, number];

export const AA = 4.5;

const LIGHT = { background: '#ffffff', text: '#1f2430', secondary: '#626b7a', border: '#e0e3e9' };
const DARK = { text: '#e6e9ef', secondary: '#a6adba', border: '#34383f' };
const HUES: Record<Exclude<Tone, 'neutral'>, string> = { success: '#2f9e63', warning: '#d9980d', error: '#d64550' };

export function cssVariables(theme: HostTheme): Record<string, string> {
  const pick = (...paths: string[]) => paths.map(path => read(theme, path)).find(value => value !== undefined);
  const background = surfaceOf(theme);
  const over = (value: string | undefined, fallback: string) => hex(rgb(value, background) ?? rgb(fallback)!);
  const dark = isDark(theme);
  const missing = dark ? DARK : LIGHT;
  const text = over(pick('colorText', 'colors.grayscale.dark2'), missing.text);
  const secondary = over(pick('colorTextSecondary', 'colors.grayscale.base'), missing.secondary);
  const tones: Record<Tone, string> = {
    success: over(pick('colorSuccess', 'colors.success.base'), HUES.success),
    warning: over(pick('colorWarning', 'colors.alert.base', 'colors.warning.base'), HUES.warning),
    error: over(pick('colorError', 'colors.error.base'), HUES.error),
    neutral: secondary,
  };
  const primary = over(pick('colorPrimary', 'colors.primary.base'), '#2893b3');
  const canvas = hex(dark ? mix(background, [0, 0, 0], 0.4) : mix(background, rgb(text)!, 0.025));
  const stripe = hex(mix(rgb(canvas)!, rgb(tones.warning)!, dark ? 0.06 : 0.1));
  const everywhere = (color: string) => [canvas, stripe, hex(background)].reduce((readily, surface) => readable(readily, surface), color);
  return {
    '--kpi-bg': hex(background),
    '--kpi-canvas': canvas,
    '--kpi-stripe': stripe,
    '--kpi-text': text,
    '--kpi-text-2': everywhere(secondary),
    '--kpi-border': over(pick('colorBorderSecondary', 'colors.grayscale.light2'), missing.border),
    '--kpi-line': hex(mix(background, rgb(text)!, 0.38)),
    '--kpi-primary': readable(primary, hex(background), 3),
    '--kpi-primary-text': everywhere(primary),
    '--kpi-radius': `${pick('borderRadius') ?? 6}px`,
    '--kpi-font': pick('fontFamily', 'typography.families.sansSerif') ?? 'Inter, system-ui, sans-serif',
    ...toneVariables(tones, background),
  };
}

export const isDark = (theme: HostTheme): boolean => luminance(surfaceOf(theme)) < 0.3;

function surfaceOf(theme: HostTheme): Rgb {
  return rgb(read(theme, 'colorBgContainer') ?? read(theme, 'colors.grayscale.light5')) ?? rgb(LIGHT.background)!;
}

/** For each status: its plain colour for shapes, its tint for surfaces, and its text, readable on tint and card. */
function toneVariables(tones: Record<Tone, string>, background: Rgb): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const tone of new Set(STATUSES.map(toneOf))) {
    const tint = hex(mix(background, rgb(tones[tone])!, 0.12));
    variables[`--kpi-${tone}`] = readable(tones[tone], hex(background), 3);
    variables[`--kpi-${tone}-tint`] = tint;
    variables[`--kpi-${tone}-text`] = readable(tones[tone], tint);
  }
  return variables;
}

/** The colour, moved towards black or white until its contrast on that surface is enough. */
export function readable(color: string, surface: string, ratio = AA): string {
  const [from, on] = [rgb(color)!, rgb(surface)!];
  const towards: Rgb = luminance(on) < 0.3 ? [255, 255, 255] : [0, 0, 0];
  for (let share = 0; share < 1; share += 0.05) {
    const moved = hex(mix(from, towards, share));
    if (contrast(moved, surface) >= ratio) return moved;
  }
  return hex(towards);
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(rgb(a)!), luminance(rgb(b)!)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map(channel => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((channel, index) => channel + (to[index]! - channel) * share) as Rgb;
}

function hex(color: Rgb): string {
  return `#${color.map(channel => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** Reads #rgb, #rrggbb, rgb() and rgba(); what is see-through is laid over the surface. */
function rgb(value: string | undefined, surface: Rgb = [255, 255, 255]): Rgb | undefined {
  if (!value) return undefined;
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(value);
  if (short) return short.slice(1).map(digit => parseInt(digit + digit, 16)) as Rgb;
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(value);
  if (long) return long.slice(1).map(pair => parseInt(pair, 16)) as Rgb;
  const parts = /^rgba?\(([^)]+)\)$/i.exec(value)?.[1]?.split(/[\s,/]+/).map(Number);
  if (!parts || parts.length < 3 || parts.some(Number.isNaN)) return undefined;
  return mix(surface, parts.slice(0, 3) as Rgb, parts[3] ?? 1);
}

function read(theme: HostTheme, path: string): string | undefined {
  let value: unknown = theme;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
