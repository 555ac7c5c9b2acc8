import { expect, test } from 'vitest';
import { ensurePanelStyles } from '../view/panel/styles';
import { ensureStyles } from '../view/styles';
import { ensurePageStyles } from './styles';

const BARE = /^\.(kpi-[\w-]+)$/;

/** The classes that a style sheet gives a look of their own, wherever they stand. */
function styledBy(ensure: () => void): Set<string> {
  document.head.replaceChildren();
  ensure();
  const text = document.head.textContent ?? '';
  const selectors = [...text.matchAll(/(?<=^|\})\s*([^{}@]+)\{/g)].flatMap(([, list]) => list!.split(','));
  return new Set(selectors.flatMap(selector => BARE.exec(selector.trim())?.[1] ?? []));
}

test('the page gives no class another look that the chart on it uses for something else', () => {
  const page = styledBy(ensurePageStyles);
  const chart = [...styledBy(ensureStyles), ...styledBy(ensurePanelStyles)];
  expect(page.size).toBeGreaterThan(20);
  expect(chart.filter(name => page.has(name))).toEqual([]);
});
