/**
 * Words for people, keyed by the English text.
 *
 * The plugin's own messages come first; what they lack is asked of the host, which knows the words it shares with us
 * (such as a chart's category) and what an operator added; else the English text stands.
 */
import * as host from '@superset-ui/core';
import { shared } from '../shared';
import { pageLocale } from './locale';

export type Messages = Record<string, string>;
type Values = Record<string, string | number>;

const known = shared<Record<string, Messages>>('messages', {});
let locale: string | undefined;

export function addMessages(language: string, messages: Messages): void {
  known[language] = { ...known[language], ...messages };
}

export function currentLocale(): string {
  locale ??= pageLocale();
  return locale;
}

/** For tests, and for pages that know better than their bootstrap data. */
export function setLocale(language: string | undefined): void {
  locale = language;
}

/** Translates; `{name}` in the text stands for values.name. */
export function t(text: string, values?: Values): string {
  const message = known[currentLocale()]?.[text] ?? hostWord(text);
  return values ? message.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)) : message;
}

/** What the host said before: it parses a text at every asking, and a picture asks thousands of times. */
let told: { by?: (text: string) => string; words: Map<string, string> } = { words: new Map() };

function hostWord(text: string): string {
  const translate = window.superset?.translation?.t ?? host.t;
  if (!translate) return text;
  if (told.by !== translate) told = { by: translate, words: new Map() };
  const word = told.words.get(text) ?? translate(text);
  told.words.set(text, word);
  return word;
}
