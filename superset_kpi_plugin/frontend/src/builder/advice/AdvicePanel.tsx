/** The advice: what is the matter, by severity; each finding offers its fix, or leads to the field where it is mended. */
import { BulbOutlined, ExclamationCircleFilled, StopFilled } from '@ant-design/icons';
import { Button, Empty, List, theme, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import type { Finding, Fix, Preview, Severity, TreeDoc } from '../draft/document';
import { ProofDialog } from '../dialogs/ProofDialog';
import { nameOf, nodeOf } from '../draft/structure';

export const SEVERITIES: readonly Severity[] = ['blocking', 'warning', 'hint'];

interface Props {
  findings: readonly Finding[];
  doc: TreeDoc;
  /** What the closed periods say about formulas, of the document that the findings are about. */
  proof: Preview['proof'];
  /** Whether the advice is about the document as it is now: a fix is for what it was made for. */
  current: boolean;
  /** Goes to a field, and opens what it is mended in. */
  onGo(key: string | null, finding: Finding): void;
  onFix(fix: Fix): void;
  /** Adds a KPI under a node. */
  onAdd(key: string): void;
  /** Opens the targets of the whole tree. */
  onTreeTargets(): void;
}

/** How many nodes a finding leads to at once. */
const MOST = 5;

export function AdvicePanel({ findings, ...given }: Props) {
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
              renderItem={finding => <Advice finding={finding} {...given} />}
            />
          </section>
        );
      })}
    </div>
  );
}

function Advice({ finding, doc, proof, current, onGo, onFix, onAdd, onTreeTargets }: Omit<Props, 'findings'> & { finding: Finding }) {
  const { code, nodes, fixes } = finding;
  const [proving, setProving] = useState(false);
  const proven = code === 'formula_disproven' ? proof?.components.find(({ parent }) => parent === nodes[0]) : undefined;
  return (
    <List.Item data-test="kpi-finding" data-code={code}>
      <List.Item.Meta
        avatar={<SeverityIcon severity={finding.severity} />}
        title={finding.message}
        description={
          <div className="kpi-finding-body">
            <span>{finding.todo}</span>
            <div className="kpi-fixes">
              {proven && (
                <Button size="small" aria-haspopup="dialog" onClick={() => setProving(true)} data-test="kpi-finding-proof">{t('See the proof')}</Button>
              )}
              {fixes.map(fix => (
                <Button key={fix.label} size="small" style={WRAPPED} disabled={!current} onClick={() => onFix(fix)} data-test="kpi-finding-fix">{fix.label}</Button>
              ))}
              {code === 'no_kpis' && <Button size="small" onClick={() => onAdd(nodes[0]!)} data-test="kpi-finding-add">{t('Add a KPI')}</Button>}
              {code === 'no_target' && nodes.length > 1 && (
                <Button size="small" onClick={onTreeTargets} data-test="kpi-finding-targets">{t('Targets of the whole tree')}</Button>
              )}
            </div>
            <Places finding={finding} doc={doc} onGo={onGo} />
            {proving && proven && <ProofDialog doc={doc} row={proven} tolerance={proof!.tolerance} onClose={() => setProving(false)} />}
          </div>
        }
      />
    </List.Item>
  );
}

/** Where it can be mended by hand. */
function Places({ finding, doc, onGo }: Pick<Props, 'doc' | 'onGo'> & { finding: Finding }) {
  const [all, setAll] = useState(false);
  const { nodes } = finding;
  const shown = all ? nodes : nodes.slice(0, MOST);
  if (nodes.length === 0) {
    return <Button size="small" type="link" style={LINK} onClick={() => onGo(null, finding)} data-test="kpi-finding-go">{t('Go to the tree’s settings')}</Button>;
  }
  return (
    <div>
      {shown.map(key => (
        <Button key={key} size="small" type="link" style={LINK} onClick={() => onGo(key, finding)} data-test="kpi-finding-go" data-key={key}>
          {placeWord(doc, finding, key)}
        </Button>
      ))}
      {shown.length < nodes.length && (
        <Button size="small" type="link" style={LINK} onClick={() => setAll(true)} data-test="kpi-finding-all">
          {t('{count} more', { count: nodes.length - shown.length })}
        </Button>
      )}
    </div>
  );
}

const WRAPPED: React.CSSProperties = { whiteSpace: 'normal', height: 'auto', minHeight: 24, textAlign: 'left' };
const LINK: React.CSSProperties = { ...WRAPPED, padding: 0, marginRight: 12 };

/** What stands at the place where a finding leads. */
function placeWord(doc: TreeDoc, { field }: Finding, key: string): string {
  const name = nameOf(doc, key);
  switch (field) {
    case 'metric':
      return nodeOf(doc, key)?.metric === null ? t('Link {name} to a saved metric', { name }) : t('Go to {name}', { name });
    case 'targets':
      return t('Targets of {name}', { name });
    case 'formula':
      return t('Formula of {name}', { name });
    case 'unit':
      return t('Unit of {name}', { name });
    case 'owner':
      return t('Owner of {name}', { name });
    case 'department':
      return t('Department of {name}', { name });
    default:
      return t('Go to {name}', { name });
  }
}

export function SeverityIcon({ severity }: { severity: Severity }) {
  const { token } = theme.useToken();
  if (severity === 'blocking') return <StopFilled aria-label={t('Before publishing')} style={{ color: token.colorError }} />;
  if (severity === 'warning') return <ExclamationCircleFilled aria-label={t('Warning')} style={{ color: token.colorWarning }} />;
  return <BulbOutlined aria-label={t('Hint')} style={{ color: token.colorInfo }} />;
}
