import React, { type ReactNode } from 'react';
import { t } from '../../i18n';
import { StatusPill } from '../StatusPill';
import { Branch } from './Branch';
import { Definition, Targets } from './Definition';
import { Figures } from './Figures';
import { History } from './History';
import { Origin } from './Origin';
import { Proof } from './Proof';
import { nodeOf, resultOf, type Subject } from './subject';

/** Everything about one node. */
export function Details({ subject, at }: { subject: Subject; at: string }) {
  const node = nodeOf(subject.real, at);
  const result = resultOf(subject.shown, at);
  if (!node || !result) return <p className="kpi-panel-note">{t('This node is no longer in the tree.')}</p>;
  const supposed = subject.shown.overridden.includes(at);
  return (
    <div data-test="kpi-details" data-key={at}>
      <header className="kpi-details-head">
        <h3 data-test="kpi-details-name">{node.name}</h3>
        <StatusPill status={result.status} hook="kpi-panel-status" />
        {supposed && <span className="kpi-not-real">{t('Supposed')}</span>}
      </header>
      <Figures node={node} result={result} />
      <Section title={t('History')}>
        <History key={at} subject={subject} node={node} />
      </Section>
      <Section title={t('Definition')}>
        <Definition subject={subject} node={node} />
      </Section>
      <Section title={t('Targets')}>
        <Targets node={node} result={result} />
      </Section>
      <Section title={t('Contribution')}>
        <Branch subject={subject} node={node} />
      </Section>
      <Section title={t('Where it is read')}>
        <Origin subject={subject} node={node} />
      </Section>
      <Proof key={`proof ${at}`} subject={subject} node={node} />
    </div>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="kpi-panel-section">
      <h4>{title}</h4>
      {children}
    </section>
  );
}
