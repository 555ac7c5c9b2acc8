/** The advice: what is the matter, by severity; each finding leads to its node and field. */
import { BulbOutlined, ExclamationCircleFilled, StopFilled } from '@ant-design/icons';
import { Button, Empty, List, theme, Typography } from 'antd';
import React from 'react';
import { t } from '../../i18n';
import type { Finding, Severity, TreeDoc } from '../draft/document';
import { nameOf } from '../draft/structure';

export const SEVERITIES: readonly Severity[] = ['blocking', 'warning', 'hint'];

interface Props {
  findings: readonly Finding[];
  doc: TreeDoc;
  onGo(key: string | null, field: string | null): void;
}

export function AdvicePanel({ findings, doc, onGo }: Props) {
  if (findings.length === 0) return <Empty data-test="kpi-advice-none" description={t('No advice: this tree is ready to be followed.')} />;
  const names: Record<Severity, string> = { blocking: t('Before publishing'), warning: t('Warnings'), hint: t('Hints') };
  return (
    <div data-test="kpi-advice">
      {SEVERITIES.map(severity => {
        const some = findings.filter(finding => finding.severity === severity);
        return some.length === 0 ? null : (
          <section key={severity} data-test={`kpi-advice-${severity}`} aria-label={names[severity]}>
            <Typography.Title level={5}>{names[severity]} ({some.length})</Typography.Title>
            <List
              size="small"
              dataSource={some}
              rowKey={finding => `${finding.code}/${finding.nodes.join(' ')}`}
              renderItem={finding => <Advice finding={finding} doc={doc} onGo={onGo} />}
            />
          </section>
        );
      })}
    </div>
  );
}

function Advice({ finding, doc, onGo }: { finding: Finding; doc: TreeDoc; onGo: Props['onGo'] }) {
  return (
    <List.Item data-test="kpi-finding" data-code={finding.code}>
      <List.Item.Meta
        avatar={<SeverityIcon severity={finding.severity} />}
        title={finding.message}
        description={
          <>
            <div>{finding.todo}</div>
            {finding.nodes.length === 0
              ? <Button size="small" type="link" style={{ padding: 0 }} onClick={() => onGo(null, finding.field)} data-test="kpi-finding-go">{t('Go to the tree’s settings')}</Button>
              : finding.nodes.map(key => (
                  <Button key={key} size="small" type="link" style={{ padding: 0, marginRight: 12, whiteSpace: 'normal', height: 'auto', textAlign: 'left' }}
                    onClick={() => onGo(key, finding.field)} data-test="kpi-finding-go" data-key={key}>
                    {t('Go to {name}', { name: nameOf(doc, key) })}
                  </Button>
                ))}
          </>
        }
      />
    </List.Item>
  );
}

export function SeverityIcon({ severity }: { severity: Severity }) {
  const { token } = theme.useToken();
  if (severity === 'blocking') return <StopFilled aria-label={t('Before publishing')} style={{ color: token.colorError }} />;
  if (severity === 'warning') return <ExclamationCircleFilled aria-label={t('Warning')} style={{ color: token.colorWarning }} />;
  return <BulbOutlined aria-label={t('Hint')} style={{ color: token.colorInfo }} />;
}
