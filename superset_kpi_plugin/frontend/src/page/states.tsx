import { Button } from 'antd';
import React, { Component, type ReactNode } from 'react';
import type { ApiError } from '../api/client';
import { t } from '../i18n';
import { Link } from './router';

interface Props {
  kind: 'hidden' | 'reader' | 'failed';
  error?: ApiError;
  onRetry?: () => void;
}

/** What stands in place of what cannot be shown. */
export function PageState({ kind, error, onRetry }: Props) {
  if (kind !== 'failed') {
    return (
      <div className="kpi-page-state" data-test="kpi-page-state" data-state={kind}>
        <Said
          title={t('This page is not here for you')}
          text={
            kind === 'reader'
              ? t('You may read KPI trees, not make them. Ask an admin for a role that can write on KpiTree.')
              : t('It does not exist, or you may not see it. Ask the owner of the tree to publish it or to give you access.')
          }
          extra={<Link to={{ name: 'list' }}>{t('To all KPI trees')}</Link>}
        />
      </div>
    );
  }
  return (
    <div className="kpi-page-state" data-test="kpi-page-state" data-state="failed" role="alert">
      <Said
        title={t('This could not be loaded')}
        text={error?.message || t('The server did not answer.')}
        extra={onRetry && <Button onClick={onRetry} data-test="kpi-page-retry">{t('Try again')}</Button>}
      />
    </div>
  );
}

/** A few words in the middle of the page, and what to do next. */
export function Said({ title, text, extra }: { title: string; text?: string; extra?: ReactNode }) {
  return (
    <section className="kpi-said">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {extra && <div className="kpi-said-more">{extra}</div>}
    </section>
  );
}

/** Where a part of the page does not come, or breaks: loading the page again is what is left, and what is not saved is kept. */
export class LoadBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <PageState kind="failed" onRetry={() => window.location.reload()} /> : this.props.children;
  }
}
