import { Button, Modal } from 'antd';
import React from 'react';
import type { ComponentProof } from '../../api/types';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import { formulaInWords } from '../../tree/panelFormula';
import { ComponentVerdict } from '../../view/panel/ComponentVerdict';
import { ensurePanelStyles } from '../../view/panel/styles';
import type { TreeDoc } from '../draft/document';
import { nameOf, nodeOf } from '../draft/structure';

interface Props {
  doc: TreeDoc;
  row: ComponentProof;
  tolerance: number;
  onClose: () => void;
}

/** What a formula gives beside what was measured, period by period. */
export function ProofDialog({ doc, row, tolerance, onClose }: Props) {
  useReturnedFocus();
  ensurePanelStyles();
  const node = nodeOf(doc, row.parent);
  const named = (key: string) => nameOf(doc, key);
  return (
    <Modal
      open
      width={640}
      title={t('Proof of the formula of {name}', { name: named(row.parent) })}
      footer={<Button type="primary" autoFocus onClick={onClose} data-test="kpi-proof-close">{t('Close')}</Button>}
      onCancel={onClose}
      data-test="kpi-proof-dialog"
    >
      <div className="kpi-tree kpi-proof-dialog">
        {node?.formula && <div dir="auto">{formulaInWords(node.name, node.formula, named)}</div>}
        <ComponentVerdict row={row} shape={node ?? { d3format: null, unit: null }} tolerance={tolerance} nameOf={named} />
      </div>
    </Modal>
  );
}
