import { Table, type TableColumnsType } from 'antd';
import React from 'react';
import { t } from '../../i18n';
import type { TreeRow } from '../api';
import { Link } from '../router';
import { treeRoute } from '../treeRef';
import { GoalFigure } from './Goal';
import { firstDirection, type ListState, type Order } from './listState';
import { Actions, Departments, Owners, PublishedTag, Star, Updated } from './parts';
import type { RowsProps } from './rowProps';

interface Props extends RowsProps {
  state: ListState;
  onOrder: (order: Order, descending: boolean) => void;
}

export function Rows({ state, onOrder, ...props }: Props) {
  const { rows, trees, selected, onSelect, mayEdit, mayExport, onStar, onEdit, onExport, onDelete } = props;
  const ordered = (order: Order) => ({
    key: order,
    sorter: true,
    sortDirections: (firstDirection(order) === 'desc' ? ['descend', 'ascend', 'descend'] : ['ascend', 'descend', 'ascend']) as ('ascend' | 'descend')[],
    sortOrder: state.order === order ? (state.descending ? ('descend' as const) : ('ascend' as const)) : null,
  });
  const columns: TableColumnsType<TreeRow> = [
    {
      key: 'star',
      title: <span className="kpi-sr">{t('Favorites')}</span>,
      width: 44,
      render: (_, row) => <Star on={trees.favorites.has(row.id)} name={row.name} onToggle={() => onStar(row)} />,
    },
    {
      ...ordered('name'),
      title: t('Name'),
      render: (_, row) => (
        <div className="kpi-row-name">
          <Link to={treeRoute(row)} data-test="kpi-tree-link" dir="auto">{row.name}</Link>
          {row.description && <span className="kpi-muted" dir="auto">{row.description}</span>}
        </div>
      ),
    },
    {
      ...ordered('attainment'),
      title: t('Goal: attainment, status, trend'),
      width: 350,
      render: (_, row) => <GoalFigure row={row} figures={trees.figures} layout="line" />,
    },
    { key: 'departments', title: t('Departments'), render: (_, row) => <Departments names={row.departments} /> },
    { key: 'owners', title: t('Owners'), width: 140, render: (_, row) => <Owners people={row.owners} /> },
    { ...ordered('changed_on'), title: t('Updated'), width: 150, render: (_, row) => <Updated row={row} /> },
    { ...ordered('published'), title: t('State'), width: 120, render: (_, row) => <PublishedTag published={row.published} /> },
    {
      key: 'actions',
      title: <span className="kpi-sr">{t('Actions')}</span>,
      width: 48,
      render: (_, row) => (
        <Actions
          row={row}
          editable={mayEdit(row)}
          exportable={mayExport}
          onEdit={() => onEdit(row)}
          onExport={() => onExport([row])}
          onDelete={() => onDelete([row])}
        />
      ),
    },
  ];
  return (
    <div className="kpi-tree-table" data-test="kpi-table">
      <Table<TreeRow>
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={rows}
        pagination={false}
        showSorterTooltip={false}
        onRow={row => ({ 'data-test': 'kpi-tree-row', 'data-uuid': row.uuid }) as object}
        onChange={(_, __, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          if (one?.columnKey) onOrder(one.columnKey as Order, one.order === 'descend');
        }}
        rowSelection={
          selected
            ? {
                selectedRowKeys: [...selected],
                onChange: keys => onSelect(keys as number[]),
                getCheckboxProps: row => ({ 'aria-label': t('Choose {name}', { name: row.name }) }) as object,
              }
            : undefined
        }
      />
    </div>
  );
}
