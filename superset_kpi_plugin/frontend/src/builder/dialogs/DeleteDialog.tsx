import { Modal, Radio, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import type { NodeDoc, TreeDoc } from '../draft/document';
import type { Below, Dependents } from '../draft/remove';
import { nameOf } from '../draft/structure';

interface Props {
  doc: TreeDoc;
  deleting: Dependents;
  onRemove: (below: Below) => void;
  onClose: () => void;
}

/** What depends on what is to be deleted, before it is. */
export function DeleteDialog({ doc, deleting, onRemove, onClose }: Props) {
  const [below, setBelow] = useState<Below>('goes');
  const { keys, orphans, formulas, targets, values } = deleting;
  const whole = below === 'goes';
  return (
    <Modal
      open
      title={t('Delete {name}?', { name: keys.map(key => nameOf(doc, key)).join(', ') })}
      okText={t('Delete')}
      okButtonProps={{ danger: true, autoFocus: true, ...{ 'data-test': 'kpi-delete-confirm' } }}
      cancelText={t('Cancel')}
      onOk={() => onRemove(below)}
      onCancel={onClose}
      data-test="kpi-delete"
    >
      {orphans.length > 0 && (
        <>
          <Names title={t('Nothing else stands above these:')} nodes={orphans} hook="kpi-delete-orphans" />
          <Radio.Group className="kpi-choices" value={below} onChange={event => setBelow(event.target.value as Below)}>
            <Radio value="goes" data-test="kpi-delete-goes">{t('Delete them as well')}</Radio>
            <Radio value="moves up" data-test="kpi-delete-lift">{t('Keep them, one level up')}</Radio>
          </Radio.Group>
        </>
      )}
      {formulas.length > 0 && <Names title={t('Formulas that will name what is gone, to be mended by you:')} nodes={formulas} hook="kpi-delete-formulas" />}
      {whole && targets + values > 0 && (
        <p>{t('{targets} targets and {values} typed-in values go with it.', { targets, values })}</p>
      )}
      <Typography.Text type="secondary">{t('Undo brings everything back.')}</Typography.Text>
    </Modal>
  );
}

function Names({ title, nodes, hook }: { title: string; nodes: NodeDoc[]; hook: string }) {
  return (
    <>
      <p>{title}</p>
      <ul data-test={hook}>
        {nodes.map(({ uuid, name }) => <li key={uuid} dir="auto">{name}</li>)}
      </ul>
    </>
  );
}
