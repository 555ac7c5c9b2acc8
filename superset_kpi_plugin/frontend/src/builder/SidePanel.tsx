import { Alert, Badge, Button, Tabs } from 'antd';
import React, { useState } from 'react';
import { t } from '../i18n';
import { AdvicePanel } from './advice/AdvicePanel';
import { placeOf } from './canvas/drawn';
import type { Errors, Preview, TreeDoc } from './draft/document';
import { fieldWord } from './draft/describe';
import type { Edit } from './draft/edits';
import { nameOf } from './draft/structure';
import { NodeForm } from './node/NodeForm';
import { TreeTargets } from './targets/TreeTargets';
import { TreeSettings } from './TreeSettings';

export type PanelTab = 'form' | 'advice';

interface Props {
  doc: TreeDoc;
  /** The node that is chosen; null for the tree itself. */
  nodeKey: string | null;
  /** How many are chosen: a form is about one. */
  count: number;
  preview: Preview | null;
  errors: Errors;
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  focus: { field?: string; turn: number };
  edit: (change: Edit, label: string) => void;
  onGo: (key: string | null, field: string | null) => void;
}

/** Beside the canvas: what is chosen, and what to look at. */
export function SidePanel({ doc, nodeKey, count, preview, errors, tab, onTab, focus, edit, onGo }: Props) {
  const [planning, setPlanning] = useState(false);
  const findings = preview?.findings ?? [];
  const wrong = Object.entries(errors);
  const told = preview && { ...preview, errors };
  return (
    <aside className="kpi-side" aria-label={t('What is chosen, and advice')} data-test="kpi-side">
      <Tabs
        activeKey={tab}
        onChange={key => onTab(key as PanelTab)}
        items={[
          {
            key: 'form',
            label: <span data-test="kpi-tab-form">{nodeKey === null ? t('The tree') : t('KPI')}</span>,
            children: nodeKey === null ? (
              <>
                <Button block className="kpi-side-targets" onClick={() => setPlanning(true)} data-test="kpi-tree-targets-open">{t('Targets of the whole tree')}</Button>
                <TreeSettings key={focus.turn} doc={doc} errors={errors} onChange={edit} focusField={focus.field} />
              </>
            ) : (
              <>
                <h2 className="kpi-side-name" dir="auto" data-test="kpi-side-name" data-key={nodeKey}>{nameOf(doc, nodeKey)}</h2>
                {count > 1 && <p className="kpi-side-note">{t('{count} are chosen; the form is about the last one.', { count })}</p>}
                <NodeForm key={`${doc.nodes.find(({ key }) => key === nodeKey)?.uuid} ${focus.turn}`} doc={doc} nodeKey={nodeKey} preview={told} onChange={edit} focusField={focus.field} />
              </>
            ),
          },
          {
            key: 'advice',
            label: <span data-test="kpi-tab-advice">{t('Advice')} <Badge count={findings.length + wrong.length} size="small" color="gold" /></span>,
            children: (
              <>
                {wrong.map(([path, texts]) => {
                  const { key, field } = placeOf(doc, path);
                  return (
                    <Alert
                      key={path}
                      type="error"
                      showIcon
                      className="kpi-error"
                      message={`${key === null ? t('The tree') : nameOf(doc, key)}: ${fieldWord(field.split('.')[0] ?? field)}`}
                      description={texts.join(' ')}
                      action={<Button size="small" onClick={() => onGo(key, field)} data-test="kpi-error-go" data-path={path}>{t('Go there')}</Button>}
                      data-test="kpi-error"
                    />
                  );
                })}
                <AdvicePanel findings={findings} doc={doc} onGo={onGo} />
              </>
            ),
          },
        ]}
      />
      {planning && <TreeTargets doc={doc} onChange={edit} onClose={() => setPlanning(false)} />}
    </aside>
  );
}
