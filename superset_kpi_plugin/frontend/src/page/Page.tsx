/** The page "KPI Trees", put into its root once the host is up. */
import React from 'react';
import ReactDOM from 'react-dom';
import { addMessages } from '../i18n';
import * as entry from '../i18n/entry';
import { ja } from '../i18n/ja';
import * as page from '../i18n/page';
import * as picture from '../i18n/picture';
import { vi } from '../i18n/vi';
import { ensureStyles } from '../view/styles';
import { App } from './App';
import { leaveByHostLinks } from './leaving';
import { ensurePageStyles } from './styles';

for (const words of [entry, { vi, ja }, picture, page]) {
  addMessages('vi', words.vi);
  addMessages('ja', words.ja);
}

export function mount(root: HTMLElement): void {
  const base = root.dataset.base ?? '/kpi/trees/';
  ensureStyles();
  ensurePageStyles();
  leaveByHostLinks(base);
  ReactDOM.render(<App base={base} />, root);
}
