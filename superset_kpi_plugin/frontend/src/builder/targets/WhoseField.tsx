/** Whose targets the grid shows: everything's, those of a member that has some, or those of one to begin with. */
import { PlusOutlined } from '@ant-design/icons';
import { Alert, AutoComplete, Button, Select, Space, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import { dimensionsOf, membersOf } from '../node/ask';
import { useAsked } from '../node/useAsked';
import type { NodeDoc, TreeDoc } from '../draft/document';
import { membersIn, WHOLE, type Whose } from './rows';

interface Props {
  doc: TreeDoc;
  node: NodeDoc;
  /** Null until a member is chosen, where the whole has no rows. */
  whose: Whose | null;
  onChange(whose: Whose): void;
}

const written = (whose: Whose): string => JSON.stringify([whose.dimension, whose.member]);

export function WhoseField({ doc, node, whose, onChange }: Props) {
  const [adding, setAdding] = useState(whose === null);
  const whole = node.target_metric === null ? [WHOLE] : [];
  const begun = whose !== null && whose.dimension !== null ? [whose] : [];
  const offered = new Map([...whole, ...membersIn(node.targets), ...begun].map(one => [written(one), one]));
  return (
    <Space wrap align="start" style={{ marginBottom: 12 }} data-test="kpi-whose">
      {offered.size > 0 && (
        <Select
          aria-label={t('Whose targets')}
          value={whose ? written(whose) : undefined}
          style={{ width: 240 }}
          data-test="kpi-whose-choice"
          options={[...offered].map(([value, { dimension, member }]) => ({ value, label: dimension === null ? t('The whole') : `${dimension}: ${member ?? ''}` }))}
          onChange={value => onChange(offered.get(value)!)}
        />
      )}
      {adding ? (
        <NewMember
          doc={doc}
          node={node}
          onChoose={chosen => {
            setAdding(false);
            onChange(chosen);
          }}
        />
      ) : (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)} data-test="kpi-whose-add">{t('Targets of a member')}</Button>
      )}
    </Space>
  );
}

/** Another member: its dimension among the columns that the node is read with, itself among those the server knows. */
function NewMember({ doc, node, onChoose }: { doc: TreeDoc; node: NodeDoc; onChoose(whose: Whose): void }) {
  const [dimension, setDimension] = useState<string | null>(null);
  const [member, setMember] = useState('');
  const columns = useAsked(node.uuid, signal => dimensionsOf(doc, node.key, signal));
  const members = useAsked(dimension, signal => membersOf(doc, node.key, dimension!, signal));
  const choose = (name: string) => name.trim() && dimension !== null && onChoose({ dimension, member: name.trim() });
  const failed = [columns, members].find(({ state }) => state === 'failed');
  if (columns.state === 'told' && columns.answer.length === 0) {
    return <Typography.Text type="secondary" data-test="kpi-whose-none">{t('It is read from no dataset with columns to divide it by.')}</Typography.Text>;
  }
  return (
    <Space wrap align="start">
      <Select
        autoFocus
        showSearch
        optionFilterProp="label"
        aria-label={t('Dimension')}
        placeholder={t('Dimension')}
        loading={columns.state === 'asking'}
        style={{ width: 170 }}
        value={dimension}
        options={(columns.answer ?? []).map(({ column_name, verbose_name }) => ({ value: column_name, label: verbose_name || column_name }))}
        onChange={column => {
          setDimension(column);
          setMember('');
        }}
        data-test="kpi-whose-dimension"
      />
      <AutoComplete
        aria-label={t('Member')}
        placeholder={members.state === 'asking' && dimension !== null ? t('Reading…') : t('Member')}
        disabled={dimension === null}
        style={{ width: 190 }}
        value={member}
        options={(members.answer ?? []).filter(name => name.toLowerCase().includes(member.toLowerCase())).map(value => ({ value }))}
        onChange={setMember}
        onSelect={choose}
        onKeyDown={event => event.key === 'Enter' && choose(member)}
        data-test="kpi-whose-member"
      />
      {failed?.state === 'failed' && <Alert type="error" showIcon message={failed.message} />}
    </Space>
  );
}
