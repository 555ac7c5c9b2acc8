import { Alert, Empty, Input, Spin } from 'antd';
import React, { useState } from 'react';
import { asNewTree } from '../../builder/draft/branch';
import type { TreeDoc } from '../../builder/draft/document';
import { useAsked } from '../../builder/node/useAsked';
import { t } from '../../i18n';
import { listTrees, readDocument } from '../api';
import { EVERYTHING, queryOf } from '../list/listState';

const PAUSE = 200;

/** A tree to begin with as it is: its nodes, formulas and targets, as a draft of one's own. */
export function Copy({ onOpen }: { onOpen: (document: TreeDoc) => void }) {
  const [search, setSearch] = useState('');
  const [error, setError] = useState<string | null>(null);
  const asked = useAsked(search, signal => listTrees(queryOf({ ...EVERYTHING, search }), signal), PAUSE);
  const open = async (uuid: string) => {
    try {
      const { document } = await readDocument(uuid);
      onOpen({ ...asNewTree(document), name: t('Copy of {name}', { name: document.name }), owners: [] });
    } catch (failure) {
      setError((failure as Error).message || t('The server did not answer.'));
    }
  };
  return (
    <section data-test="kpi-start-copies">
      <h2>{t('Which tree is like it?')}</h2>
      <Input.Search allowClear aria-label={t('Search')} placeholder={t('Name or description')} value={search} onChange={event => setSearch(event.target.value)} />
      {error && <Alert type="error" showIcon message={error} />}
      {asked.state === 'failed' && <Alert type="error" showIcon message={t('This could not be loaded')} description={asked.message} />}
      {!asked.answer && asked.state === 'asking' && <Spin className="kpi-page-wait" />}
      {asked.answer?.count === 0 && <Empty description={t('There is no KPI tree yet')} />}
      <div className="kpi-templates">
        {asked.answer?.result.map(row => (
          <button key={row.id} type="button" className="kpi-choice" data-test="kpi-start-copy" data-value={row.uuid} onClick={() => void open(row.uuid)}>
            <strong dir="auto">{row.name}</strong>
            <span dir="auto">{row.description}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
