import { Button, Modal } from 'antd';
import React from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';

/** The keys, by what they do. */
function shortcuts(): [string, string[]][] {
  return [
    [t('Add a KPI beside it'), ['Enter']],
    [t('Add a driver under it'), ['Tab']],
    [t('Rename'), ['F2']],
    [t('Delete'), ['Delete']],
    [t('Go from KPI to KPI'), ['← ↑ → ↓', 'Home', 'End']],
    [t('Choose several'), ['Shift + ↑ ↓', 'Ctrl + Space', 'Ctrl + A']],
    [t('Change the order'), ['Alt + ↑ ↓']],
    [t('Move one level up, or under the one above'), ['Alt + ←', 'Alt + →']],
    [t('Link to a further parent'), ['Alt + P']],
    [t('Copy, cut and paste a branch, also into another tree'), ['Ctrl + C', 'Ctrl + X', 'Ctrl + V']],
    [t('Undo and redo'), ['Ctrl + Z', 'Ctrl + Shift + Z']],
    [t('Save'), ['Ctrl + S']],
    [t('Zoom, and see the whole tree'), ['+', '−', '0']],
    [t('Choose nothing, and let Tab leave the tree'), ['Esc']],
    [t('This help'), ['?']],
  ];
}

export function HelpDialog({ onClose }: { onClose: () => void }) {
  useReturnedFocus();
  return (
    <Modal open title={t('Keys on the canvas')} footer={<Button type="primary" autoFocus onClick={onClose}>{t('Close')}</Button>} onCancel={onClose} width={620} data-test="kpi-help">
      <table className="kpi-keys">
        <tbody>
          {shortcuts().map(([what, keys]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{keys.map(key => <kbd key={key}>{key}</kbd>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('With the mouse: drag a card onto another one to put it under it, between two cards to put it there; hold Ctrl to leave it where it stands as well.')} {t('Hold Shift and draw a rectangle over the empty canvas to choose all that it touches.')}</p>
    </Modal>
  );
}
