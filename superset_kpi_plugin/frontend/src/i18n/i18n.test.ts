import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { COLUMNS } from '../tree/columns';
import { LAYOUT_WORDS } from '../tree/kinds';
import { ORDER_WORDS, WAY_NAMES, WAY_WORDS } from '../page/words';
import { LAST_WORDS, ONE_WORDS, UNIT_WORDS } from '../page/tree/range';
import { PANEL_WORDS } from '../tree/panelWords';
import { REASON_WORDS, STATUS_WORDS } from '../tree/words';
import { addMessages, setLocale, t, type Messages } from '.';
import * as acting from './acting';
import * as entry from './entry';
import { ja } from './ja';
import { pageLocale } from './locale';
import * as builder from './builder';
import * as nodeForm from './nodeForm';
import * as page from './page';
import * as panel from './panel';
import * as picture from './picture';
import { vi } from './vi';

const SOURCE = join(__dirname, '..');
/** Words that the host knows in every language it ships. */
const OF_THE_HOST = ['KPI', 'Business', 'Hierarchy', 'Report'];

/** What only the start and the editor are made of; it loads with words of its own (page/editorWords.ts). */
const EDITORS = /page.(start|EditPage|editorWords)/;

function files(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'i18n' ? [] : files(path);
    return /\.tsx?$/.test(name) && !name.includes('.test.') ? [path] : [];
  });
}

/** Every string literal inside a call of t(…) or said(…), and the labels that are translated where they are used. */
function usedTexts(): Set<string> {
  const texts = new Set<string>(COLUMNS.map(({ label }) => label));
  for (const words of [STATUS_WORDS, REASON_WORDS, LAYOUT_WORDS, ...PANEL_WORDS, WAY_NAMES, WAY_WORDS, ORDER_WORDS, LAST_WORDS, ONE_WORDS, UNIT_WORDS]) {
    for (const word of Object.values(words)) texts.add(word);
  }
  for (const text of textsOf(files(SOURCE))) texts.add(text);
  return texts;
}

function textsOf(paths: string[]): Set<string> {
  const literal = /'((?:[^'\\\n]|\\.)+)'/g;
  const texts = new Set<string>();
  for (const path of paths) {
    const source = readFileSync(path, 'utf8');
    for (const [, first] of source.matchAll(/\b(?:t|said)\(\s*((?:'(?:[^'\\\n]|\\.)*'|[^']){0,300}?)(?:,\s*\{|,\s*values|,\s*amount|,\s*share|\))/g)) {
      const argument = first!.replace(/^[\w.]+(?: === \d+)? \? /, '');
      for (const [, text] of argument.matchAll(literal)) texts.add(text!.replace(/\\'/g, "'"));
    }
    for (const [, label] of source.matchAll(/label: '([^']+)', hook/g)) texts.add(label!);
  }
  return texts;
}

afterEach(() => setLocale(undefined));

const languages: [string, Messages][] = [
  ['vi', { ...entry.vi, ...vi, ...picture.vi, ...panel.vi, ...acting.vi, ...page.vi, ...nodeForm.vi, ...builder.vi }],
  ['ja', { ...entry.ja, ...ja, ...picture.ja, ...panel.ja, ...acting.ja, ...page.ja, ...nodeForm.ja, ...builder.ja }],
];

test.each(languages)('%s says everything the source says, and nothing else', (_, messages) => {
  const used = [...usedTexts()].filter(text => !OF_THE_HOST.includes(text));
  expect(used.length).toBeGreaterThan(70);
  expect(used.filter(text => !messages[text])).toEqual([]);
  expect(Object.keys(messages).filter(text => !used.includes(text))).toEqual([]);
});

test.each([
  ['the list and a tree’s page', (path: string) => path.includes('/page/') && !EDITORS.test(path), [page]],
  ['the start and the editor', (path: string) => /\/(page|builder)\//.test(path), [page, panel, acting, nodeForm, builder]],
])('%s have their words, whatever else of the page is loaded', (_, theirs, parts) => {
  const loaded: Messages = Object.assign({}, entry.vi, vi, picture.vi, ...parts.map(part => part.vi));
  const used = [...textsOf(files(SOURCE).filter(theirs))];
  expect(used.filter(text => !loaded[text] && !OF_THE_HOST.includes(text))).toEqual([]);
});

test.each(languages)('%s keeps the placeholders', (_, messages) => {
  const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [english, translated] of Object.entries(messages)) {
    expect(placeholders(translated), english).toEqual(placeholders(english));
  }
});

test('falls back to the host, then to English', () => {
  setLocale('vi');
  addMessages('vi', vi);
  expect(t('On track')).toBe('Đúng tiến độ');
  expect(t('KPI')).toBe('host KPI');
  expect(t('Unheard of')).toBe('Unheard of');
  window.superset = { translation: { t: text => `6.1 ${text}` } };
  expect(t('KPI')).toBe('6.1 KPI');
  delete window.superset;
});

test('fills in values, and leaves what it is not given', () => {
  setLocale('en');
  expect(t('open, as of {day}', { day: 'Monday' })).toBe('open, as of Monday');
  expect(t('{a} {b}', { a: 1 })).toBe('1 {b}');
});

test('reads the language from the page', () => {
  const page = (bootstrap?: string) => {
    document.body.innerHTML = '<div id="app"></div>';
    if (bootstrap !== undefined) document.getElementById('app')!.dataset.bootstrap = bootstrap;
    return pageLocale(document);
  };
  expect(page('{"common":{"locale":"ja"}}')).toBe('ja');
  expect(page('{"common":{"locale":"pt_BR"}}')).toBe('pt');
  expect(page('{}')).toBe('en');
  expect(page('not json')).toBe('en');
  expect(page()).toBe('en');
});
