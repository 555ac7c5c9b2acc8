import { Alert, Form, Input, Modal, Radio, Select } from 'antd';
import React, { useEffect, useState } from 'react';
import { ApiError } from '../../api/client';
import { t } from '../../i18n';
import { addToDashboard, listDashboards } from '../api';
import { useReturnedFocus } from '../useReturnedFocus';

interface Props {
  tree: { uuid: string; name: string };
  onClose: () => void;
}

interface Found {
  id: number;
  dashboard_title: string;
}

/** Makes a chart of the tree and puts it on a dashboard, an existing one or a new one. */
export function DashboardDialog({ tree, onClose }: Props) {
  useReturnedFocus();
  const [kind, setKind] = useState<'existing' | 'new'>('existing');
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<Found[]>([]);
  const [dashboard, setDashboard] = useState<number | null>(null);
  const [title, setTitle] = useState(tree.name);
  const [name, setName] = useState(tree.name);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    listDashboards(search, controller.signal).then(setFound, () => undefined);
    return () => controller.abort();
  }, [search]);

  const choice = kind === 'new' ? title.trim() && { dashboard_title: title.trim() } : dashboard !== null && { dashboard_id: dashboard };
  const add = async () => {
    if (!choice) return;
    setBusy(true);
    setError(null);
    try {
      setDone((await addToDashboard(tree.uuid, { ...choice, ...(name.trim() ? { name: name.trim() } : {}) })).url);
    } catch (failure) {
      setError((failure instanceof ApiError && failure.message) || t('The server did not answer.'));
    }
    setBusy(false);
  };
  if (done !== null) {
    return (
      // A dialog of its own: the button that was pressed is gone, and one without the keyboard does not close by Escape.
      <Modal
        key="done"
        open
        title={t('It is on the dashboard')}
        okText={t('Open the dashboard')}
        cancelText={t('Stay here')}
        okButtonProps={{ href: done, autoFocus: true, ...{ 'data-test': 'kpi-dashboard-open' } }}
        onCancel={onClose}
        data-test="kpi-dashboard-done"
      >
        {t('The chart stands in a row of its own at the end. Filters of the dashboard apply to it.')}
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t('Add to dashboard')}
      okText={t('Add')}
      cancelText={t('Cancel')}
      okButtonProps={{ disabled: !choice, loading: busy, 'data-test': 'kpi-dashboard-add' }}
      onOk={() => void add()}
      onCancel={onClose}
      data-test="kpi-dashboard"
    >
      <Form layout="vertical" component={false}>
        <Form.Item>
          <Radio.Group value={kind} onChange={event => setKind(event.target.value as 'existing' | 'new')}>
            <Radio value="existing" data-test="kpi-dashboard-existing">{t('An existing dashboard')}</Radio>
            <Radio value="new" data-test="kpi-dashboard-new">{t('A new dashboard')}</Radio>
          </Radio.Group>
        </Form.Item>
        {kind === 'existing' ? (
          <Form.Item label={t('Dashboard')}>
            <Select<number>
              showSearch
              filterOption={false}
              aria-label={t('Dashboard')}
              data-test="kpi-dashboard-choice"
              placeholder={t('Search by title')}
              value={dashboard ?? undefined}
              onSearch={setSearch}
              onChange={setDashboard}
              options={found.map(({ id, dashboard_title: label }) => ({ value: id, label }))}
            />
          </Form.Item>
        ) : (
          <Form.Item label={t('Title')}>
            <Input aria-label={t('Title')} data-test="kpi-dashboard-title" value={title} onChange={event => setTitle(event.target.value)} />
          </Form.Item>
        )}
        <Form.Item label={t('Name of the chart')}>
          <Input aria-label={t('Name of the chart')} data-test="kpi-dashboard-chart" value={name} onChange={event => setName(event.target.value)} />
        </Form.Item>
      </Form>
      {error && <Alert type="error" showIcon message={<span className="kpi-lines">{error}</span>} data-test="kpi-dashboard-error" />}
    </Modal>
  );
}
