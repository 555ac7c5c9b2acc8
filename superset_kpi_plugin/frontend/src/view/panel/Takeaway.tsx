import React, { useState } from 'react';
import { ApiError, exportFile, type Download } from '../../api/client';
import type { ExportRequest } from '../../api/types';
import { t } from '../../i18n';
import { Section } from './Details';
import { PanelIcon } from './Icon';
import { supposing, type Subject } from './subject';

type Format = ExportRequest['format'];

/** The numbers as a file. The server writes it: for who may export, and with text that no spreadsheet runs. */
export function Takeaway({ subject }: { subject: Subject }) {
  const { whatIf, column } = subject;
  const [busy, setBusy] = useState<Format | null>(null);
  const [failure, setFailure] = useState('');
  const [wanted, setWanted] = useState(true);
  const members = column !== '' && !whatIf.active;
  const download = async (format: Format) => {
    setBusy(format);
    setFailure('');
    try {
      const question = { ...supposing(subject.request, whatIf), ...(members && wanted ? { by: column } : {}), force: false, format };
      save(await exportFile(subject.tree, question));
    } catch (problem) {
      setFailure((problem instanceof ApiError && problem.message) || t('The server did not answer.'));
    }
    setBusy(null);
  };
  const button = (format: Format, label: string) => (
    <button type="button" className="kpi-panel-button" aria-disabled={busy !== null} aria-busy={busy === format} data-test={`kpi-${format}`} onClick={() => void (busy ?? download(format))}>
      <PanelIcon icon="download" size={14} /> {label}
    </button>
  );
  return (
    <Section title={t('Take the numbers away')}>
      <p className="kpi-panel-line">{t('One row for each node with every number of this window, for a spreadsheet.')}</p>
      {members && (
        <label className="kpi-panel-check">
          <input type="checkbox" checked={wanted} data-test="kpi-export-members" onChange={event => setWanted(event.target.checked)} />
          <span>{t('And for every member of {column}', { column })}</span>
        </label>
      )}
      <div className="kpi-panel-buttons">
        {button('xlsx', t('Download Excel'))}
        {button('csv', t('Download CSV'))}
      </div>
      {failure && <p className="kpi-panel-undefined" role="alert" data-test="kpi-export-failed">{failure}</p>}
      {whatIf.active && <p className="kpi-panel-note">{t('The file holds what is supposed, and says so.')}</p>}
    </Section>
  );
}

function save({ name, content }: Download): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
