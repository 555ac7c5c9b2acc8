import { Button, Result } from 'antd';
import React from 'react';
import type { ApiError } from '../api/client';
import { t } from '../i18n';
import { Link } from './router';

interface Props {
  kind: 'hidden' | 'failed';
  error?: ApiError;
  onRetry?: () => void;
}

/** What stands in place of what cannot be shown. */
export function PageState({ kind, error, onRetry }: Props) {
  if (kind === 'hidden') {
    return (
      <div className="kpi-page-state" data-test="kpi-page-state" data-state="hidden">
        <Result
          status="404"
          icon={null}
          title={t('This page is not here for you')}
          subTitle={t('It does not exist, or you may not see it. Ask the owner of the tree to publish it or to give you access.')}
          extra={<Link to={{ name: 'list' }}>{t('To all KPI trees')}</Link>}
        />
      </div>
    );
  }
  return (
    <div className="kpi-page-state" data-test="kpi-page-state" data-state="failed" role="alert">
      <Result
        status="warning"
        title={t('This could not be loaded')}
        subTitle={error?.message || t('The server did not answer.')}
        extra={onRetry && <Button onClick={onRetry} data-test="kpi-page-retry">{t('Try again')}</Button>}
      />
    </div>
  );
}
