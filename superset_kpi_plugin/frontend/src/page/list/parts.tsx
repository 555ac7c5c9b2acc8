import { DeleteOutlined, EditOutlined, ExportOutlined, MoreOutlined, StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tag, Tooltip } from 'antd';
import React from 'react';
import type { Person } from '../../api/types';
import { currentLocale, t } from '../../i18n';
import type { TreeRow } from '../api';

export const nameOf = ({ first_name: first, last_name: last }: Person): string => [first, last].filter(Boolean).join(' ');

export function Star({ on, name, onToggle }: { on: boolean; name: string; onToggle: () => void }) {
  const label = on ? t('Take {name} off your favorites', { name }) : t('Add {name} to your favorites', { name });
  return (
    <Button
      type="text"
      size="small"
      className={`kpi-star ${on ? 'kpi-star-on' : ''}`}
      aria-label={label}
      aria-pressed={on}
      data-test="kpi-star"
      icon={on ? <StarFilled /> : <StarOutlined />}
      onClick={onToggle}
    />
  );
}

export function PublishedTag({ published }: { published: boolean }) {
  return (
    <span className={`kpi-pill kpi-tag kpi-tone-${published ? 'success' : 'neutral'}`} data-test="kpi-list-published" data-value={published}>
      {published ? t('Published') : t('Draft')}
    </span>
  );
}

export function Departments({ names }: { names: string[] }) {
  return (
    <>
      {names.map(name => (
        <Tag key={name} className="kpi-tag">{name}</Tag>
      ))}
    </>
  );
}

export function Owners({ people }: { people: Person[] }) {
  if (!people.length) return <span className="kpi-muted">{t('Nobody yet')}</span>;
  return <span>{people.map(nameOf).join(', ')}</span>;
}

export function Updated({ row }: { row: TreeRow }) {
  const who = row.changed_by ? nameOf(row.changed_by) : null;
  const when = new Date(row.changed_on_utc);
  const exact = Number.isNaN(when.getTime())
    ? row.changed_on_utc
    : when.toLocaleString(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Tooltip title={who ? t('{when}, by {who}', { when: exact, who }) : exact}>
      <span>{row.changed_on_delta_humanized}</span>
    </Tooltip>
  );
}

interface ActionsProps {
  row: TreeRow;
  /** Whether the reader may change this tree. */
  editable: boolean;
  /** Whether the reader may take trees away as files. */
  exportable: boolean;
  onEdit: () => void;
  onExport: () => void;
  onDelete: () => void;
}

export function Actions({ row, editable, exportable, onEdit, onExport, onDelete }: ActionsProps) {
  const items = [
    ...(editable ? [{ key: 'edit', icon: <EditOutlined />, label: t('Edit'), onClick: onEdit }] : []),
    ...(exportable ? [{ key: 'export', icon: <ExportOutlined />, label: t('Export'), onClick: onExport }] : []),
    ...(editable ? [{ key: 'delete', icon: <DeleteOutlined />, label: t('Delete'), danger: true, onClick: onDelete }] : []),
  ];
  if (!items.length) return null;
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" autoFocus>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('What to do with {name}', { name: row.name })} data-test="kpi-actions" />
    </Dropdown>
  );
}
