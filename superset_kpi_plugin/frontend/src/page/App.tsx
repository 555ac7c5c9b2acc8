import { App as AntApp, ConfigProvider, Spin } from 'antd';
import jaJP from 'antd/es/locale/ja_JP';
import viVN from 'antd/es/locale/vi_VN';
import dayjs from 'dayjs';
import 'dayjs/locale/ja';
import 'dayjs/locale/vi';
import React, { lazy, Suspense, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { currentLocale, t } from '../i18n';
import { cssVariables } from '../view/theme';
import { bootstrap, viewerOf } from './bootstrap';
import { readableTokens, useHostTheme } from './hostTheme';
import { PageContext } from './pageContext';
import { PAGE_ID, RouterProvider, useRouter } from './router';
import { LoadBoundary, PageState } from './states';

// Each loads with what only it needs: a reader's page knows no editor.
const ListPage = lazy(async () => ({ default: (await import('./list/ListPage')).ListPage }));
const StartPage = lazy(async () => ({ default: (await import('./start/StartPage')).StartPage }));
const TreePage = lazy(async () => ({ default: (await import('./tree/TreePage')).TreePage }));
const EditPage = lazy(async () => ({ default: (await import('./EditPage')).EditPage }));

const LOCALES = { vi: viVN, ja: jaJP };

/** The page in the host's look: its tokens and its language, light and dark. */
export function App({ base }: { base: string }) {
  return (
    <Look>
      <RouterProvider base={base}>
        <LoadBoundary>
          <Suspense fallback={<Spin className="kpi-page-wait" />}>
            <CurrentPage />
          </Suspense>
        </LoadBoundary>
      </RouterProvider>
    </Look>
  );
}

function Look({ children }: { children: ReactNode }) {
  const { tokens, dark } = useHostTheme();
  const language = currentLocale();
  dayjs.locale(language);
  const page = useMemo(() => ({ viewer: viewerOf(bootstrap()), tokens, dark }), [tokens, dark]);
  useLayoutEffect(() => {
    // On the whole document: dialogs and lists that open stand beside the page, not in it.
    for (const [name, value] of Object.entries(cssVariables(tokens))) document.documentElement.style.setProperty(name, value);
  }, [tokens]);
  const readable = useMemo(() => readableTokens(tokens), [tokens]);
  return (
    // A prefix of its own: the host's antd is another release, and writes its styles into the same page. No algorithm: the
    // host's tokens are worked out already, dark ones too. Where antd draws a list in part, its options have no role.
    <ConfigProvider
      prefixCls="kpi-ant"
      iconPrefixCls="kpi-anticon"
      virtual={false}
      button={{ autoInsertSpace: false }}
      modal={{ closable: { 'aria-label': t('Close') } }}
      locale={LOCALES[language as keyof typeof LOCALES]}
      theme={{ token: { ...tokens, ...readable.token }, components: readable.components }}
    >
      <PageContext.Provider value={page}>
        <AntApp component={false}>
          <div id={PAGE_ID} tabIndex={-1} className="kpi-page" data-test="kpi-page" data-theme={dark ? 'dark' : 'light'}>
            {children}
          </div>
        </AntApp>
      </PageContext.Provider>
    </ConfigProvider>
  );
}

function CurrentPage() {
  const { route } = useRouter();
  switch (route?.name) {
    case 'list':
      return <ListPage />;
    case 'edit':
      return <EditPage key={route.tree} tree={route.tree} />;
    case 'start':
      return <StartPage />;
    case 'tree':
      return <TreePage key={route.tree} tree={route.tree} />;
    default:
      return <PageState kind="hidden" />;
  }
}
