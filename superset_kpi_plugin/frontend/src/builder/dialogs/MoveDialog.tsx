import { Modal, Radio, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import { formulaInWords } from '../../tree/panelFormula';
import type { TreeDoc } from '../draft/document';
import type { Fate, Forsaken } from '../draft/forsaken';
import { nameOf } from '../draft/structure';
import { openWords } from './DeleteDialog';

interface Props {
  doc: TreeDoc;
  /** What is about to be done, in words. */
  label: string;
  forsaken: readonly Forsaken[];
  onSettle: (chosen: ReadonlyMap<string, Fate>) => void;
  onClose: () => void;
}

/** Asks what becomes of formulas that name a KPI which leaves theirs, before it does. */
export function MoveDialog({ doc, label, forsaken, onSettle, onClose }: Props) {
  useReturnedFocus();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Fate>>(new Map());
  return (
    <Modal
      open
      title={label}
      okText={t('Apply')}
      okButtonProps={{ autoFocus: true, ...{ 'data-test': 'kpi-move-confirm' } }}
      cancelText={t('Cancel')}
      onOk={() => onSettle(chosen)}
      onCancel={onClose}
      data-test="kpi-move"
    >
      <p>{t('Formulas that name what leaves their KPI:')}</p>
      <ul className="kpi-bereft">
        {forsaken.map(one => (
          <li key={one.node.uuid} data-test="kpi-move-formula" data-key={one.node.key}>
            <Formula {...{ doc }} forsaken={one} fate={chosen.get(one.node.key) ?? one.fates[0]!} onChoose={fate => setChosen(new Map([...chosen, [one.node.key, fate]]))} />
          </li>
        ))}
      </ul>
      <Typography.Text type="secondary">{t('Undo brings everything back.')}</Typography.Text>
    </Modal>
  );
}

function Formula({ doc, forsaken: { node, lost, without, fates }, fate, onChoose }: { doc: TreeDoc; forsaken: Forsaken; fate: Fate; onChoose: (fate: Fate) => void }) {
  const said = (formula: string) => formulaInWords(node.name, formula, key => nameOf(doc, key));
  const names = lost.map(({ child }) => nameOf(doc, child)).join(', ');
  const words: Record<Fate, () => string> = {
    mend: () => t('It becomes {formula}', { formula: said(without!) }),
    stay: () => t('It stays as it is: {names} stands under {parent} as well', { names, parent: node.name }),
    open: () => openWords(node),
  };
  return (
    <>
      <div dir="auto">{said(node.formula!)}</div>
      {fates.length === 1 ? (
        <Typography.Text type="warning">{words[fate]()}</Typography.Text>
      ) : (
        <Radio.Group className="kpi-choices" value={fate} onChange={event => onChoose(event.target.value as Fate)} aria-label={t('Formula of {name}', { name: node.name })}>
          {fates.map(one => <Radio key={one} value={one} data-test={`kpi-move-${one}`}>{words[one]()}</Radio>)}
        </Radio.Group>
      )}
    </>
  );
}
