import React, { useState } from 'react';
import type { Dimension } from '../../api/types';
import { t } from '../../i18n';

interface Props {
  column: string;
  /** Null where they are not known: then a column is typed in. */
  columns: Dimension[] | null;
  /** How many nodes are read from datasets. */
  read: number;
  onChoose: (column: string) => void;
}

/** By which column the tree is divided. */
export function ColumnPicker({ column, columns, read, onChoose }: Props) {
  if (columns === null || columns.length === 0) return <Typed key={column} column={column} onChoose={onChoose} />;
  const known = columns.some(one => one.column === column);
  return (
    <label>
      {t('Members of')}{' '}
      <select className="kpi-input" value={column} data-test="kpi-by" onChange={event => onChoose(event.target.value)}>
        {!column && <option value="">{t('Choose a column')}</option>}
        {column && !known && <option value={column}>{column}</option>}
        {columns.map(one => (
          <option key={one.column} value={one.column} title={one.datasets.join(', ')}>
            {written(one, read)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** How far a column reaches, where that is not the whole tree. */
function written({ column, label, nodes }: Dimension, read: number): string {
  const name = label && label !== column ? `${label} (${column})` : column;
  return nodes < read ? t('{column}, {nodes} of {all} nodes', { column: name, nodes, all: read }) : name;
}

function Typed({ column, onChoose }: Pick<Props, 'column' | 'onChoose'>) {
  const [text, setText] = useState(column);
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        onChoose(text.trim());
      }}
    >
      <label>
        {t('Members of')}{' '}
        <input className="kpi-input" value={text} placeholder={t('A column')} data-test="kpi-by" onChange={event => setText(event.target.value)} />
        <button type="submit" className="kpi-button" disabled={text.trim() === column}>{t('Show')}</button>
      </label>
    </form>
  );
}
