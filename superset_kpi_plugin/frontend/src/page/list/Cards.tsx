import { Checkbox } from 'antd';
import React from 'react';
import { t } from '../../i18n';
import type { TreeRow } from '../api';
import { Link } from '../router';
import { treeRoute } from '../treeRef';
import { GoalFigure } from './Goal';
import { Actions, Departments, Owners, PublishedTag, Star, Updated } from './parts';
import type { RowsProps } from './rowProps';

export function Cards(props: RowsProps) {
  return (
    <ul className="kpi-tree-cards" data-test="kpi-cards">
      {props.rows.map(row => (
        <li key={row.id}>
          <TreeCard {...props} row={row} />
        </li>
      ))}
    </ul>
  );
}

function TreeCard({ row, trees, selected, onSelect, mayEdit, mayExport, onStar, onEdit, onExport, onDelete }: RowsProps & { row: TreeRow }) {
  const chosen = selected?.has(row.id) ?? false;
  return (
    <article className={`kpi-tree-card ${chosen ? 'kpi-tree-card-chosen' : ''}`} data-test="kpi-tree-row" data-uuid={row.uuid}>
      <header>
        {selected && (
          <Checkbox
            checked={chosen}
            aria-label={t('Choose {name}', { name: row.name })}
            data-test="kpi-choose"
            onChange={() => onSelect(chosen ? [...selected].filter(id => id !== row.id) : [...selected, row.id])}
          />
        )}
        <h2>
          <Link to={treeRoute(row)} data-test="kpi-tree-link" dir="auto">{row.name}</Link>
        </h2>
        <Star on={trees.favorites.has(row.id)} name={row.name} onToggle={() => onStar(row)} />
        <Actions
          row={row}
          editable={mayEdit(row)}
          exportable={mayExport}
          onEdit={() => onEdit(row)}
          onExport={() => onExport([row])}
          onDelete={() => onDelete([row])}
        />
      </header>
      {row.description && <p className="kpi-tree-description" dir="auto">{row.description}</p>}
      <GoalFigure row={row} figures={trees.figures} layout="card" />
      <footer>
        <PublishedTag published={row.published} />
        <Departments names={row.departments} />
        <span className="kpi-tree-who"><Owners people={row.owners} /> · <Updated row={row} /></span>
      </footer>
    </article>
  );
}
