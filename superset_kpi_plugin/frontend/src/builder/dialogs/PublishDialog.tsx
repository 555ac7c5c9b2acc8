import { Modal } from 'antd';
import React from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import type { Finding } from '../draft/document';

interface Props {
  findings: readonly Finding[];
  onPublish: () => void;
  onClose: () => void;
}

/** What speaks against publishing, before it is done anyway. */
export function PublishDialog({ findings, onPublish, onClose }: Props) {
  useReturnedFocus();
  return (
    <Modal
      open
      title={t('Publish although this is missing?')}
      okText={t('Publish anyway')}
      okButtonProps={{ danger: true, ...{ 'data-test': 'kpi-publish-anyway' } }}
      cancelText={t('Go back')}
      cancelButtonProps={{ autoFocus: true }}
      onOk={onPublish}
      onCancel={onClose}
      data-test="kpi-publish-asks"
    >
      <ul>
        {findings.map(({ code, nodes, message, todo }) => (
          <li key={`${code}/${nodes.join(' ')}`}>
            {message} {todo}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
