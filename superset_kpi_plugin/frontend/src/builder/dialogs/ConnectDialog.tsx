import { Modal, Select, Typography, type RefSelectProps } from 'antd';
import React, { useRef, useState } from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import type { TreeDoc } from '../draft/document';
import { linkProblem } from '../draft/edits';
import { nameOf } from '../draft/structure';

/** Of more KPIs the list is drawn in part. */
const MANY = 500;

interface Props {
  doc: TreeDoc;
  keys: readonly string[];
  onConnect: (parent: string) => void;
  onClose: () => void;
}

/** Chooses a further parent; those that would make a circle stand there with the reason. */
export function ConnectDialog({ doc, keys, onConnect, onClose }: Props) {
  useReturnedFocus();
  const field = useRef<RefSelectProps>(null);
  const [parent, setParent] = useState<string | null>(null);
  const options = doc.nodes.map(({ key, name }) => {
    const problem = keys.map(child => linkProblem(doc, key, child)).find(one => one !== null);
    return { value: key, label: name, disabled: problem !== undefined, title: name, problem };
  });
  return (
    <Modal
      open
      title={t('Link {name} to a further parent', { name: keys.map(key => nameOf(doc, key)).join(', ') })}
      okText={t('Link')}
      okButtonProps={{ disabled: parent === null, ...{ 'data-test': 'kpi-connect-confirm' } }}
      cancelText={t('Cancel')}
      onOk={() => parent !== null && onConnect(parent)}
      onCancel={onClose}
      afterOpenChange={shown => shown && field.current?.focus()}
      data-test="kpi-connect"
    >
      <p>{t('It stays where it stands, and drives the KPI that you choose as well.')}</p>
      <Select
        ref={field}
        showSearch
        optionFilterProp="label"
        style={{ width: '100%' }}
        placeholder={t('Choose a KPI')}
        aria-label={t('Further parent')}
        value={parent}
        options={options}
        optionRender={({ data }) => (
          <>
            {data.label}
            {data.problem && <Typography.Text type="secondary" className="kpi-connect-problem">{data.problem}</Typography.Text>}
          </>
        )}
        virtual={options.length > MANY}
        onChange={setParent}
        data-test="kpi-connect-parent"
      />
    </Modal>
  );
}
