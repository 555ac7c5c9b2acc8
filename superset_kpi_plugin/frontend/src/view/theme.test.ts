import { expect, test } from 'vitest';
import { AA, contrast, cssVariables, readable } from './theme';

const light = {
  colorBgContainer: '#ffffff', colorText: 'rgba(0,0,0,0.88)', colorTextSecondary: 'rgba(0,0,0,0.65)',
  colorBorderSecondary: '#f0f0f0', colorPrimary: '#2893b3', colorSuccess: '#5ac189', colorWarning: '#fcc700',
  colorError: '#e04355', fontFamily: 'Inter', borderRadius: 4,
};
const dark = { ...light, colorBgContainer: '#141414', colorText: 'rgba(255,255,255,0.85)', colorTextSecondary: 'rgba(255,255,255,0.65)' };
const old = {
  colors: {
    grayscale: { dark2: '#1A1A1A', base: '#666666', light2: '#E0E0E0', light5: '#FFFFFF' },
    primary: { base: '#20A7C9' }, success: { base: '#5AC189' }, alert: { base: '#FCC700' }, error: { base: '#E04355' },
  },
  typography: { families: { sansSerif: 'Roboto' } },
};
// A bank's: pale and loud colours on its own paper, and the same by night.
const brand = { ...light, colorBgContainer: '#fff8ef', colorPrimary: '#ffb000', colorSuccess: '#9be15d', colorWarning: '#ffe14d', colorError: '#ff9aa2' };
const night = { ...brand, colorBgContainer: '#1b1033', colorText: 'rgba(255,255,255,0.9)', colorTextSecondary: 'rgba(255,255,255,0.45)' };
const themes: [string, object][] = [['a brand', brand], ['a brand by night', night], ['6.x light', light], ['6.x dark', dark], ['4.1', old], ['none', {}]];

test.each(themes)('%s: every status can be read as text', (_, theme) => {
  const css = cssVariables({ ...theme });
  for (const tone of ['success', 'warning', 'error', 'neutral']) {
    expect(contrast(css[`--kpi-${tone}-text`]!, css[`--kpi-${tone}-tint`]!), tone).toBeGreaterThanOrEqual(AA);
    expect(contrast(css[`--kpi-${tone}`]!, css['--kpi-bg']!), tone).toBeGreaterThanOrEqual(3);
  }
  expect(contrast(css['--kpi-primary']!, css['--kpi-bg']!)).toBeGreaterThanOrEqual(3);
  for (const surface of ['--kpi-bg', '--kpi-canvas']) {
    expect(contrast(css['--kpi-primary-text']!, css[surface]!), surface).toBeGreaterThanOrEqual(AA);
  }
  expect(contrast(css['--kpi-text']!, css['--kpi-bg']!)).toBeGreaterThanOrEqual(AA);
  expect(contrast(css['--kpi-text-2']!, css['--kpi-bg']!)).toBeGreaterThanOrEqual(AA);
  expect(contrast(css['--kpi-text-2']!, css['--kpi-canvas']!)).toBeGreaterThanOrEqual(AA);
});

test.each(themes)('%s: the stripes of what-if are seen, and text on them can be read', (_, theme) => {
  const css = cssVariables({ ...theme });
  const seen = contrast(css['--kpi-stripe']!, css['--kpi-canvas']!);
  expect(seen).toBeGreaterThan(1.01);
  expect(seen).toBeLessThan(1.15);
  for (const text of ['--kpi-text', '--kpi-text-2', '--kpi-primary-text']) {
    expect(contrast(css[text]!, css['--kpi-stripe']!), text).toBeGreaterThanOrEqual(AA);
  }
});

test('takes tokens from both kinds of theme', () => {
  expect(cssVariables(dark)).toMatchObject({ '--kpi-bg': '#141414', '--kpi-font': 'Inter', '--kpi-radius': '4px' });
  expect(cssVariables(old)).toMatchObject({ '--kpi-bg': '#ffffff', '--kpi-text': '#1a1a1a', '--kpi-font': 'Roboto' });
});

test('lays see-through text over the background', () => {
  expect(cssVariables(light)['--kpi-text']).toBe('#1f1f1f');
  expect(cssVariables(dark)['--kpi-text']).toBe('#dcdcdc');
});

test('leaves a colour alone that can be read already', () => {
  expect(readable('#000000', '#ffffff')).toBe('#000000');
  expect(contrast(readable('#fcc700', '#ffffff'), '#ffffff')).toBeGreaterThanOrEqual(AA);
});
