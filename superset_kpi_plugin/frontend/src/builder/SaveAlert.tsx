import { Alert, Button, Space } from 'antd';
import React from 'react';
import { t } from '../i18n';
import type { Trouble } from './useSaving';

interface Props {
  trouble: Trouble;
  onRetry: () => void;
  onAsNew: () => void;
  onErrors: () => void;
  onClose: () => void;
}

/** Why nothing was saved, and what to do: the draft is there in every case. */
export function SaveAlert({ trouble: { kind, error }, onRetry, onAsNew, onErrors, onClose }: Props) {
  const [message, todo] = words(kind, error.message);
  return (
    <Alert
      banner
      type={kind === 'network' || kind === 'session' ? 'warning' : 'error'}
      message={<b>{message}</b>}
      description={todo}
      closable
      onClose={onClose}
      data-test="kpi-save-trouble"
      data-kind={kind}
      action={
        <Space>
          {kind === 'session' && <Button size="small" href="/login/" target="_blank" data-test="kpi-login">{t('Log in')}</Button>}
          {(kind === 'gone' || kind === 'forbidden') && <Button size="small" onClick={onAsNew} data-test="kpi-as-new">{t('Save as a new tree')}</Button>}
          {kind === 'refused' ? (
            <Button size="small" onClick={onErrors} data-test="kpi-trouble-errors">{t('Go there')}</Button>
          ) : (
            <Button size="small" onClick={onRetry} data-test="kpi-save-retry">{t('Try again')}</Button>
          )}
        </Space>
      }
    />
  );
}

function words(kind: Trouble['kind'], told: string): [string, string] {
  switch (kind) {
    case 'session':
      return [t('You are not logged in any more'), t('Log in in another tab, then try again. Your changes are kept in this browser.')];
    case 'network':
      return [t('The server did not answer'), t('Your changes are kept in this browser. Try again when you are connected.')];
    case 'refused':
      return [t('Nothing was saved: something is to be corrected'), t('What is wrong is marked on the tree and in the form.')];
    case 'forbidden':
      return [t('You may not change this tree any more'), t('Ask one of its owners, or save what you have as a tree of your own.')];
    case 'gone':
      return [t('The tree is not there any more'), t('It was deleted, or you may not see it now. You can save what you have as a new tree.')];
    case 'failed':
      return [t('Nothing was saved'), told || t('Your changes are kept in this browser. Try again.')];
  }
}
