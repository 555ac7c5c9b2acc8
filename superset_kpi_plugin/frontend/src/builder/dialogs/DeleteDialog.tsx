import { Modal, Radio, Typography } from 'antd';
import React, { useMemo, useState } from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import { formulaInWords } from '../../tree/panelFormula';
import type { NodeDoc, TreeDoc } from '../draft/document';
import { bereftOf, type Below, type Bereft, type Dependents } from '../draft/remove';
import { nameOf } from '../draft/structure';

interface Props {
  doc: TreeDoc;
  deleting: Dependents;
  /** `opened` are the nodes whose formulas are not to go on without what goes. */
  onRemove: (below: Below, opened: ReadonlySet<string>) => void;
  onClose: () => void;
}

/** What depends on what is to be deleted, and what becomes of it, before it is. */
export function DeleteDialog({ doc, deleting, onRemove, onClose }: Props) {
  useReturnedFocus();
  const [below, setBelow] = useState<Below>('goes');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { keys, orphans, targets, values } = deleting;
  const bereft = useMemo(() => bereftOf(doc, keys, below), [doc, keys, below]);
  const whole = below === 'goes';
  const choose = (key: string, open: boolean) => setOpened(new Set([...opened].filter(one => one !== key).concat(open ? [key] : [])));
  return (
    <Modal
      open
      title={t('Delete {name}?', { name: keys.map(key => nameOf(doc, key)).join(', ') })}
      okText={t('Delete')}
      okButtonProps={{ danger: true, autoFocus: true, ...{ 'data-test': 'kpi-delete-confirm' } }}
      cancelText={t('Cancel')}
      onOk={() => onRemove(below, opened)}
      onCancel={onClose}
      data-test="kpi-delete"
    >
      {orphans.length > 0 && (
        <>
          <p>{t('Nothing else stands above these:')}</p>
          <Names nodes={orphans} hook="kpi-delete-orphans" />
          <Radio.Group className="kpi-choices" value={below} onChange={event => setBelow(event.target.value as Below)}>
            <Radio value="goes" data-test="kpi-delete-goes">{t('Delete them as well')}</Radio>
            <Radio value="moves up" data-test="kpi-delete-lift">{t('Keep them, one level up')}</Radio>
          </Radio.Group>
        </>
      )}
      {bereft.length > 0 && (
        <>
          <p>{t('Formulas that name what is deleted:')}</p>
          <ul className="kpi-bereft" data-test="kpi-delete-formulas">
            {bereft.map(one => (
              <li key={one.node.uuid} data-test="kpi-delete-formula" data-key={one.node.key}>
                <Formula doc={doc} bereft={one} open={opened.has(one.node.key)} onOpen={open => choose(one.node.key, open)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {whole && targets + values > 0 && (
        <p>{t('{targets} targets and {values} typed-in values go with it.', { targets, values })}</p>
      )}
      <Typography.Text type="secondary">{t('Undo brings everything back.')}</Typography.Text>
    </Modal>
  );
}

function Formula({ doc, bereft: { node, without }, open, onOpen }: { doc: TreeDoc; bereft: Bereft; open: boolean; onOpen: (open: boolean) => void }) {
  const said = (formula: string) => formulaInWords(node.name, formula, key => nameOf(doc, key));
  const left = openWords(node);
  return (
    <>
      <div dir="auto">{said(node.formula!)}</div>
      {without === null ? (
        <Typography.Text type="warning">{left}</Typography.Text>
      ) : (
        <Radio.Group className="kpi-choices" value={open} onChange={event => onOpen(event.target.value as boolean)}>
          <Radio value={false} data-test="kpi-delete-mend">{t('It becomes {formula}', { formula: said(without) })}</Radio>
          <Radio value data-test="kpi-delete-open">{left}</Radio>
        </Radio.Group>
      )}
    </>
  );
}

/** What becomes of a KPI that does without its formula. */
export const openWords = ({ source }: NodeDoc): string =>
  source === 'formula'
    ? t('Its number is left open. The formula is kept in its description, to be mended.')
    : t('It stays as it is measured. The formula is kept in its description, to be mended.');

function Names({ nodes, hook }: { nodes: NodeDoc[]; hook: string }) {
  return (
    <ul data-test={hook}>
      {nodes.map(({ uuid, name }) => <li key={uuid} dir="auto">{name}</li>)}
    </ul>
  );
}
