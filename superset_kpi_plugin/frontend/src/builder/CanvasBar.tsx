/** The canvas's own tools: what can be done with what is chosen, and how the tree is looked at. */
import {
  ApartmentOutlined, CopyOutlined, DeleteOutlined, EditOutlined, ExpandOutlined, LinkOutlined, MinusOutlined, NodeCollapseOutlined,
  GatewayOutlined, NodeExpandOutlined, PartitionOutlined, PlusOutlined, QuestionOutlined, SnippetsOutlined, SubnodeOutlined,
} from '@ant-design/icons';
import { Button, DatePicker, Space, Spin, Tooltip } from 'antd';
import dayjs from 'dayjs';
import React, { type ReactNode } from 'react';
import { currentLocale, t } from '../i18n';
import type { Growth } from '../tree/layout';
import { formatWindow } from '../tree/window';
import type { CanvasControls } from './canvas/EditCanvas';
import type { Intent, OnIntent } from './canvas/intents';
import type { Previewing } from './usePreview';

interface Props {
  /** The item that a child or sibling is added to. */
  at: string | null;
  isRoot: boolean;
  onIntent: OnIntent;
  canvas: () => CanvasControls | null;
  onFoldAll: () => void;
  onUnfoldAll: () => void;
  previewing: Previewing;
  asOf: string | null;
  onAsOf: (day: string | null) => void;
  growth: Growth;
  onGrow: (growth: Growth) => void;
  lassoing: boolean;
  onLasso: (lassoing: boolean) => void;
}

export function CanvasBar({ at, isRoot, onIntent, canvas, onFoldAll, onUnfoldAll, previewing, asOf, onAsOf, growth, onGrow, lassoing, onLasso }: Props) {
  const { preview, busy, error, retry } = previewing;
  const window = preview?.evaluation?.window;
  const does = (intent: Intent) => () => onIntent(intent);
  return (
    <div className="kpi-canvas-bar" role="toolbar" aria-label={t('Tools of the canvas')} data-test="kpi-canvas-bar">
      <Space.Compact size="small">
        <Tool hook="child" title={t('Add a driver under it')} shortcut="Tab" icon={<SubnodeOutlined />} disabled={!at} onClick={() => at && onIntent({ do: 'child', id: at })} />
        <Tool hook="sibling" title={t('Add a KPI beside it')} shortcut="Enter" icon={<ApartmentOutlined />} disabled={!at || isRoot} onClick={() => at && onIntent({ do: 'sibling', id: at })} />
        <Tool hook="rename" title={t('Rename')} shortcut="F2" icon={<EditOutlined />} disabled={!at} onClick={() => at && onIntent({ do: 'begin rename', id: at })} />
        <Tool hook="connect" title={t('Link to a further parent')} shortcut="Alt + P" icon={<LinkOutlined />} disabled={!at || isRoot} onClick={does({ do: 'connect' })} />
        <Tool hook="copy" title={t('Copy the branch')} shortcut="Ctrl + C" icon={<CopyOutlined />} disabled={!at} onClick={does({ do: 'copy' })} />
        <Tool hook="paste" title={t('Paste under it')} shortcut="Ctrl + V" icon={<SnippetsOutlined />} onClick={does({ do: 'paste' })} />
        <Tool hook="delete" title={t('Delete')} shortcut="Delete" icon={<DeleteOutlined />} disabled={!at || isRoot} onClick={does({ do: 'delete' })} />
      </Space.Compact>
      <Space.Compact size="small">
        <Tool hook="zoom-out" title={t('Zoom out')} shortcut="−" icon={<MinusOutlined />} onClick={() => canvas()?.zoomBy(1 / 1.3)} />
        <Tool hook="fit" title={t('Show the whole tree')} shortcut="0" icon={<ExpandOutlined />} onClick={() => canvas()?.fit()} />
        <Tool hook="zoom-in" title={t('Zoom in')} shortcut="+" icon={<PlusOutlined />} onClick={() => canvas()?.zoomBy(1.3)} />
      </Space.Compact>
      <Space.Compact size="small">
        <Tool hook="fold-all" title={t('Fold all')} icon={<NodeCollapseOutlined />} onClick={onFoldAll} />
        <Tool hook="unfold-all" title={t('Unfold all')} icon={<NodeExpandOutlined />} onClick={onUnfoldAll} />
      </Space.Compact>
      <Space.Compact size="small">
        <Tool hook="lasso" title={t('Choose by a rectangle, as with Shift')} icon={<GatewayOutlined />} pressed={lassoing} onClick={() => onLasso(!lassoing)} />
      </Space.Compact>
      <Space.Compact size="small">
        <Tool hook="grow-right" title={t('Tree, left to right')} icon={<PartitionOutlined />} pressed={growth === 'right'} onClick={() => onGrow('right')} />
        <Tool hook="grow-down" title={t('Tree, top down')} icon={<PartitionOutlined rotate={90} />} pressed={growth === 'down'} onClick={() => onGrow('down')} />
      </Space.Compact>
      <Tool hook="help" title={t('Keys on the canvas')} shortcut="?" icon={<QuestionOutlined />} onClick={does({ do: 'help' })} />
      <span className="kpi-spacer" />
      <span className="kpi-preview-told" role="status" data-test="kpi-preview" data-state={busy ? 'busy' : error ? 'failed' : 'ready'}>
        {busy && <Spin size="small" />}
        {error ? (
          <>
            <span className="kpi-refused">{t('The numbers could not be computed.')}</span>
            <Button size="small" type="link" onClick={retry} data-test="kpi-preview-retry" title={error.message}>{t('Try again')}</Button>
          </>
        ) : (
          window && <span className="kpi-preview-window">{formatWindow(window, currentLocale())}</span>
        )}
      </span>
      <DatePicker
        size="small"
        value={asOf ? dayjs(asOf) : null}
        placeholder={t('As of today')}
        aria-label={t('Numbers as of')}
        onChange={day => onAsOf(day ? day.format('YYYY-MM-DD') : null)}
        data-test="kpi-as-of"
      />
    </div>
  );
}

interface ToolProps {
  hook: string;
  title: string;
  shortcut?: string;
  icon: ReactNode;
  disabled?: boolean;
  /** Of a tool that is on or off. */
  pressed?: boolean;
  onClick: () => void;
}

/** A tool says what it does and which key does the same. */
export function Tool({ hook, title, shortcut, icon, disabled, pressed, onClick }: ToolProps) {
  return (
    <Tooltip title={shortcut ? `${title} (${shortcut})` : title} mouseEnterDelay={0.4}>
      <Button size="small" icon={icon} disabled={disabled} type={pressed ? 'primary' : undefined} ghost={pressed} aria-pressed={pressed} aria-label={title} aria-keyshortcuts={shortcut?.replace(/ /g, '').replace('Ctrl', 'Control')} onClick={onClick} data-test={`kpi-tool-${hook}`} />
    </Tooltip>
  );
}
