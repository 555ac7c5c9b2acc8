import { Empty } from 'antd';
import React, { useEffect, useState } from 'react';
import { t } from '../../i18n';
import { listTrees, type TreeRow } from '../api';

export function ListPage() {
  const [rows, setRows] = useState<TreeRow[] | null>(null);
  useEffect(() => {
    void listTrees({ filters: [], order_column: 'changed_on', order_direction: 'desc', page: 0, page_size: 25 }).then(
      ({ result }) => setRows(result),
    );
  }, []);
  return (
    <main className="kpi-list-page" data-test="kpi-list">
      <h1>{t('KPI Trees')}</h1>
      {rows?.length === 0 && <Empty description={t('There is no KPI tree yet')} />}
      <ul>{rows?.map(row => <li key={row.id}>{row.name}</li>)}</ul>
    </main>
  );
}
