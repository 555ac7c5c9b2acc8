import { AppstoreOutlined, CopyOutlined, FileOutlined, FunctionOutlined, ImportOutlined } from '@ant-design/icons';
import { Alert, Spin } from 'antd';
import React, { lazy, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { ApiError } from '../../api/client';
import type { TreeDoc } from '../../builder/draft/document';
import { t } from '../../i18n';
import { propose, type Proposed, type ProposeRequest, type Template } from '../api';
import '../editorWords';
import { mayStart } from '../list/rights';
import { useImported } from '../list/useImported';
import { usePage } from '../pageContext';
import { Link, useRouter } from '../router';
import { PageState } from '../states';
import { WAY_NAMES, WAY_WORDS, WAYS, type Way } from '../words';
import { begin } from './begun';
import { Catalogue } from './Catalogue';
import { Copy } from './Copy';
import { Metrics } from './Metrics';
import { Review } from './Review';

const ImportDialog = lazy(async () => ({ default: (await import('../list/ImportDialog')).ImportDialog }));

const WAY_ICONS: Record<Way, ReactNode> = {
  catalogue: <AppstoreOutlined />,
  metric: <FunctionOutlined />,
  copy: <CopyOutlined />,
  file: <ImportOutlined />,
  blank: <FileOutlined />,
};

/** The ways to begin a tree. Nothing is saved before the editor says so. */
export function StartPage() {
  const { viewer } = usePage();
  const { go } = useRouter();
  const [way, setWay] = useState<Way>('catalogue');
  const [importing, setImporting] = useState(false);
  const arrived = useImported(useCallback(() => go({ name: 'list' }), [go]));
  const { proposed, busy, error, ask, forget } = useProposal();
  const [template, setTemplate] = useState<string | null>(null);
  useEffect(() => void (document.title = t('Start a KPI tree')), []);
  if (!mayStart(viewer)) return <PageState kind="reader" />;

  const open = (tree: TreeDoc) => {
    begin(tree);
    go({ name: 'edit', tree: null });
  };
  const chooseTemplate = ({ id }: Template) => {
    setTemplate(id);
    ask({ template: id });
  };
  const choose = (next: Way) => {
    setTemplate(null);
    forget();
    if (next === 'blank') go({ name: 'edit', tree: null });
    else if (next === 'file') setImporting(true);
    else setWay(next);
  };
  return (
    <main className="kpi-start-page" data-test="kpi-start-page" data-way={way}>
      <header className="kpi-page-head">
        <nav aria-label={t('KPI Trees')}>
          <Link to={{ name: 'list' }}>{t('KPI Trees')}</Link> <span aria-hidden="true">/</span>
        </nav>
        <h1>{t('Start a KPI tree')}</h1>
      </header>
      <div className="kpi-start-body">
        <div className="kpi-ways">
          {WAYS.map(name => (
            <button
              key={name}
              type="button"
              aria-pressed={name === way}
              className={`kpi-choice ${name === way ? 'kpi-choice-on' : ''}`}
              data-test="kpi-way"
              data-value={name}
              onClick={() => choose(name)}
            >
              {WAY_ICONS[name]}
              <strong>{t(WAY_NAMES[name])}</strong>
              <span>{t(WAY_WORDS[name])}</span>
            </button>
          ))}
        </div>
        {error && <Alert type="error" showIcon closable onClose={forget} message={error} data-test="kpi-start-error" />}
        {busy && <Spin className="kpi-page-wait" />}
        {proposed && <Review proposed={proposed} onBack={forget} onOpen={open} />}
        {!busy && !proposed && way === 'catalogue' && <Catalogue chosen={template} onChoose={chooseTemplate} />}
        {!busy && !proposed && way === 'metric' && (
          <Metrics onChoose={({ dataset_uuid, metric_name }) => ask({ metric: { dataset_uuid, metric_name } })} />
        )}
        {!busy && !proposed && way === 'copy' && <Copy onOpen={open} />}
      </div>
      {importing && <Suspense fallback={null}><ImportDialog onClose={() => setImporting(false)} onImported={arrived} /></Suspense>}
    </main>
  );
}

function useProposal() {
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const forget = () => {
    running.current?.abort();
    setProposed(null);
    setBusy(false);
    setError(null);
  };
  const ask = (request: ProposeRequest) => {
    forget();
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    propose(request, controller.signal).then(
      answer => {
        setProposed(answer);
        setBusy(false);
      },
      (failure: unknown) => {
        if (controller.signal.aborted) return;
        setError((failure instanceof ApiError && failure.message) || t('The server did not answer.'));
        setBusy(false);
      },
    );
  };
  return { proposed, busy, error, ask, forget };
}
