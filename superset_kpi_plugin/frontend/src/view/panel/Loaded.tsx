import React, { type ReactElement } from 'react';
import type { ApiError } from '../../api/client';
import { t } from '../../i18n';
import type { Answer } from './useAnswer';

interface Props<T> {
  hook: string;
  answer: Answer<T>;
  onRetry: () => void;
  children: (answer: T) => ReactElement | null;
}

/** What an answer is drawn as, or that it is on its way, or why there is none and what to do. */
export function Loaded<T>({ hook, answer, onRetry, children }: Props<T>) {
  if (answer.state === 'ready') return children(answer.answer);
  if (answer.state === 'loading') {
    return (
      <div className="kpi-panel-wait" role="status" aria-label={t('Loading')} data-test={hook} data-state="loading">
        <i style={{ width: '82%' }} />
        <i style={{ width: '64%' }} />
        <i style={{ width: '73%' }} />
      </div>
    );
  }
  return <AskFailed hook={hook} error={answer.error} onRetry={onRetry} />;
}

export function AskFailed({ hook, error, onRetry }: { hook: string; error: ApiError; onRetry: () => void }) {
  const hidden = error.kind === 'hidden';
  return (
    <div className="kpi-panel-failed kpi-tone-error" role="alert" data-test={hook} data-state={error.kind}>
      <strong>{hidden ? t('This tree is not available to you') : t('This could not be computed')}</strong>
      <p>{hidden ? t('Ask its owner, or an admin, for access.') : error.message || t('The server did not answer.')}</p>
      {!hidden && (
        <button type="button" className="kpi-panel-button" data-test={`${hook}-retry`} onClick={onRetry}>
          {t('Try again')}
        </button>
      )}
    </div>
  );
}

/** Why something is undefined, in the server's words, which say what to do. */
export function Undefined({ hook, word, message }: { hook: string; word: string; message: string }) {
  return (
    <p className="kpi-panel-undefined" data-test={hook} data-state="undefined">
      <b>{word}.</b> {message}
    </p>
  );
}
