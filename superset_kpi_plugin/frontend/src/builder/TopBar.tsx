import { ArrowLeftOutlined, BulbOutlined, CloseCircleOutlined, RedoOutlined, StopOutlined, UndoOutlined } from '@ant-design/icons';
import { Badge, Button, Space, Tag, Tooltip } from 'antd';
import React from 'react';
import { t } from '../i18n';
import type { Finding, TreeDoc } from './draft/document';
import { redoable, undoable, type History } from './draft/history';

interface Props {
  doc: TreeDoc;
  history: History;
  /** Whether the stored tree is published. */
  published: boolean;
  changed: boolean;
  saving: boolean;
  /** Whether the browser keeps the draft. */
  kept: boolean;
  errors: number;
  findings: readonly Finding[];
  onUndo: () => void;
  onRedo: () => void;
  onSave: () => void;
  onPublish: (published: boolean) => void;
  onLeave: () => void;
  /** Opens the settings of the tree. */
  onSettings: () => void;
  onErrors: () => void;
  onAdvice: () => void;
}

/** What the draft is, and what to do with the whole of it. */
export function TopBar(props: Props) {
  const { doc, history, published, changed, saving, kept, errors, findings } = props;
  const [undo, redo] = [undoable(history), redoable(history)];
  const blocking = findings.filter(({ severity }) => severity === 'blocking').length;
  return (
    <header className="kpi-top-bar" data-test="kpi-top-bar">
      <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t('Leave the editor')} title={t('Leave the editor')} onClick={props.onLeave} data-test="kpi-leave" />
      <button type="button" className="kpi-top-name" onClick={props.onSettings} title={t('Settings of the tree')} data-test="kpi-top-name">
        <span dir="auto">{doc.name || t('A tree without a name')}</span>
      </button>
      <Tag color={published ? 'success' : 'default'} data-test="kpi-published" data-value={published}>{published ? t('Published') : t('Draft')}</Tag>
      <span className="kpi-draft-state" role="status" data-test="kpi-draft-state" data-state={saving ? 'saving' : changed ? 'changed' : 'saved'}>
        {saving ? t('Saving…') : !changed ? t('Everything is saved') : kept ? t('Not saved yet, kept in this browser') : t('Not saved yet, and too large to be kept in this browser')}
      </span>
      <span className="kpi-spacer" />
      {errors > 0 && (
        <Button danger type="text" icon={<CloseCircleOutlined />} onClick={props.onErrors} data-test="kpi-errors" data-value={errors}>
          {t('{count} to correct', { count: errors })}
        </Button>
      )}
      <Tooltip title={t('Advice')}>
        <Badge count={findings.length} size="small" color={blocking > 0 ? 'red' : 'gold'} offset={[-4, 4]}>
          <Button type="text" icon={blocking > 0 ? <StopOutlined /> : <BulbOutlined />} aria-label={t('Advice: {count}', { count: findings.length })} onClick={props.onAdvice} data-test="kpi-advice-open" />
        </Badge>
      </Tooltip>
      <Space.Compact>
        <Tooltip title={undo ? `${t('Undo')}: ${undo} (Ctrl + Z)` : t('Nothing to undo')}>
          <Button icon={<UndoOutlined />} disabled={!undo} aria-label={undo ? `${t('Undo')}: ${undo}` : t('Undo')} onClick={props.onUndo} data-test="kpi-undo" />
        </Tooltip>
        <Tooltip title={redo ? `${t('Redo')}: ${redo} (Ctrl + Shift + Z)` : t('Nothing to redo')}>
          <Button icon={<RedoOutlined />} disabled={!redo} aria-label={redo ? `${t('Redo')}: ${redo}` : t('Redo')} onClick={props.onRedo} data-test="kpi-redo" />
        </Tooltip>
      </Space.Compact>
      <Button onClick={() => props.onPublish(!published)} disabled={saving} data-test="kpi-publish">
        {published ? t('Unpublish') : changed ? t('Save and publish') : t('Publish')}
      </Button>
      <Button type="primary" onClick={props.onSave} disabled={!changed} loading={saving} title="Ctrl + S" data-test="kpi-save">{t('Save')}</Button>
    </header>
  );
}
