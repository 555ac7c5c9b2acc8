import { InboxOutlined } from '@ant-design/icons';
import { Alert, Checkbox, Modal, Upload } from 'antd';
import React, { useState } from 'react';
import { ApiError } from '../../api/client';
import { t } from '../../i18n';
import { importTrees, type Imported } from '../api';
import { useReturnedFocus } from '../useReturnedFocus';

interface Props {
  onClose: () => void;
  onImported: (trees: Imported[]) => void;
}

/** Takes trees from a file that was exported here or on another Superset. */
export function ImportDialog({ onClose, onImported }: Props) {
  useReturnedFocus();
  const [file, setFile] = useState<File | null>(null);
  const [overwrite, setOverwrite] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async () => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      onImported(await importTrees(file, overwrite));
    } catch (failure) {
      setError((failure instanceof ApiError && failure.message) || t('The server did not answer.'));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('Import KPI trees')}
      okText={t('Import')}
      cancelText={t('Cancel')}
      okButtonProps={{ disabled: !file, loading: busy }}
      onOk={() => void send()}
      onCancel={onClose}
      data-test="kpi-import"
    >
      <Upload.Dragger
        accept=".zip,.yaml,.yml"
        maxCount={1}
        beforeUpload={chosen => {
          setFile(chosen);
          setError(null);
          return false;
        }}
        onRemove={() => setFile(null)}
        fileList={file ? [{ uid: '1', name: file.name }] : []}
      >
        <p className="kpi-drop-icon"><InboxOutlined /></p>
        <p>{t('Drop the exported file here, or click to choose it')}</p>
      </Upload.Dragger>
      <Checkbox className="kpi-import-overwrite" checked={overwrite} onChange={event => setOverwrite(event.target.checked)}>
        {t('Replace trees that are here already')}
      </Checkbox>
      {error && <Alert type="error" showIcon message={<span className="kpi-lines">{error}</span>} data-test="kpi-import-error" />}
    </Modal>
  );
}
