import { Alert, Badge, Button, Tabs } from 'antd';
import React, { lazy, Suspense, useState } from 'react';
import { t } from '../i18n';
import { AdvicePanel } from './advice/AdvicePanel';
import { placeOf } from './canvas/drawn';
import type { Errors, Preview, TreeDoc } from './draft/document';
import { fieldWord } from './draft/describe';
import type { Edit } from './draft/edits';
import { applyFix } from './draft/fix';
import { nameOf } from './draft/structure';
import { NodeForm } from './node/NodeForm';
import { TreeSettings } from './TreeSettings';

// Its table is the heaviest part of the editor, and opened by some.
const TreeTargets = lazy(async () => ({ default: (await import('./targets/TreeTargets')).TreeTargets }));

export type PanelTab = 'form' | 'advice';

interface Props {
  doc: TreeDoc;
  /** The node that is chosen; null for the tree itself. */
  nodeKey: string | null;
  /** How many are chosen: a form is about one. */
  count: number;
  preview: Preview | null;
  /** Whether the preview is of the document as it is now. */
  current: boolean;
  errors: Errors;
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  focus: Focus;
  edit: (change: Edit, label: string) => void;
  onGo: (key: string | null, field: string | null, opens?: Focus['opens']) => void;
  /** Adds a KPI under a node. */
  onAdd: (key: string) => void;
}

/** Where the form begins: at a field, or with its dialog open. Another turn begins again. */
export interface Focus {
  field?: string;
  opens?: { since: string | null };
  turn: number;
}

/** Beside the canvas: what is chosen, and what to look at. */
export function SidePanel({ doc, nodeKey, count, preview, current, errors, tab, onTab, focus, edit, onGo, onAdd }: Props) {
  const [planning, setPlanning] = useState<{ since: string | null } | null>(null);
  const findings = preview?.findings ?? [];
  const wrong = Object.entries(errors);
  const told = preview && { ...preview, errors };
  const { field, opens } = focus;
  // Whoever came from the advice goes on with it.
  const opening = field !== undefined && opens ? { field, ...opens, onClosed: () => onTab('advice') } : undefined;
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
                <Button block className="kpi-side-targets" onClick={() => setPlanning({ since: null })} data-test="kpi-tree-targets-open">{t('Targets of the whole tree')}</Button>
                <TreeSettings key={focus.turn} doc={doc} errors={errors} onChange={edit} focusField={focus.field} />
              </>
            ) : (
              <>
                <h2 className="kpi-side-name" dir="auto" data-test="kpi-side-name" data-key={nodeKey}>{nameOf(doc, nodeKey)}</h2>
                {count > 1 && <p className="kpi-side-note">{t('{count} are chosen; the form is about the last one.', { count })}</p>}
                <NodeForm key={`${doc.nodes.find(({ key }) => key === nodeKey)?.uuid} ${focus.turn}`} doc={doc} nodeKey={nodeKey} preview={told} onChange={edit} focusField={focus.field} opening={opening} />
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
                <AdvicePanel
                  {...{ findings, doc, current, onAdd }}
                  proof={preview?.proof ?? null}
                  onGo={(key, { field, since }) => onGo(key, field, { since })}
                  onFix={fix => edit(now => applyFix(now, fix), fix.label)}
                  onTreeTargets={() => setPlanning({ since: findings.find(({ code }) => code === 'no_target')?.since ?? null })}
                />
              </>
            ),
          },
        ]}
      />
      {planning && (
        <Suspense fallback={null}>
          <TreeTargets doc={doc} since={planning.since} onChange={edit} onClose={() => setPlanning(null)} />
        </Suspense>
      )}
    </aside>
  );
}
