import React, { type ReactNode } from 'react';
import type { ApiError } from '../api/client';
import { t } from '../i18n';

type Kind = 'choose' | 'hidden' | 'failed' | 'empty';

interface MessageProps {
  kind: Kind;
  title: string;
  children?: ReactNode;
}

const DRAWINGS: Record<Kind, string> = {
  choose: 'M10 32h14M24 32c14 0 6-18 20-18M24 32c14 0 6 18 20 18M44 9h14v10H44zM44 45h14v10H44zM4 26h14v12H4z',
  hidden: 'M18 30V22a14 14 0 0128 0v8M12 30h40v26H12zM32 40v7',
  failed: 'M32 8l27 47H5zM32 26v14M32 46v2',
  empty: 'M8 18h48v30H8zM8 28h48M20 38h24',
};

function Message({ kind, title, children }: MessageProps) {
  return (
    <div className="kpi-state" data-test="kpi-state" data-state={kind} role={kind === 'failed' ? 'alert' : 'status'}>
      <svg width="64" height="64" viewBox="0 0 64 64" aria-hidden="true">
        <path d={DRAWINGS[kind]} className="kpi-stroke" />
      </svg>
      <strong>{title}</strong>
      {children}
    </div>
  );
}

export function ChooseTree() {
  return (
    <Message kind="choose" title={t('Choose a KPI tree')}>
      <p>{t('Pick one under "KPI tree" in the chart\'s controls, then update the chart.')}</p>
    </Message>
  );
}

export function EmptyTree({ name }: { name: string }) {
  return (
    <Message kind="empty" title={t('This tree has no nodes yet')}>
      <p>{t('Add a goal and its drivers to "{name}", and they will be drawn here.', { name })}</p>
    </Message>
  );
}

export function Failure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  if (error.kind === 'hidden') {
    return (
      <Message kind="hidden" title={t('This tree is not available to you')}>
        <p>{t('It does not exist, or you may not see it. Ask its owner to publish it or to give you access, or choose another tree.')}</p>
      </Message>
    );
  }
  return (
    <Message kind="failed" title={t('The tree could not be computed')}>
      <p>{error.message || t('The server did not answer.')}</p>
      <button type="button" className="kpi-button" data-test="kpi-retry" onClick={onRetry}>
        {t('Try again')}
      </button>
    </Message>
  );
}

/** By this class the host's reports and thumbnails tell that a chart is not yet to be photographed. */
export function NotYet() {
  return <span className="loading" hidden />;
}

/** The shape of what is to come: a goal and three drivers. */
export function Skeleton() {
  return (
    <div className="kpi-skeleton" data-test="kpi-state" data-state="loading" role="status" aria-label={t('Loading the tree')}>
      <NotYet />
      <div className="kpi-skeleton-column">
        <SkeletonCard />
      </div>
      <div className="kpi-skeleton-column">
        <SkeletonCard />
        <SkeletonCard />
        <SkeletonCard />
      </div>
    </div>
  );
}

function SkeletonCard() {
  return (
    <div className="kpi-skeleton-card">
      <i style={{ width: '62%' }} />
      <i style={{ width: '40%', height: 18 }} />
      <i style={{ width: '86%' }} />
    </div>
  );
}
