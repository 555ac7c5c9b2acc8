/** What the node should reach: its targets, by period or from a metric, and how they are judged. */
import { Button, Modal, Select, Space, Typography } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import { setNode } from '../draft/edits';
import { WHOLE, type Whose } from '../targets/rows';
import { TargetsGrid } from '../targets/TargetsGrid';
import { WhoseField } from '../targets/WhoseField';
import { Field, idOf } from './Field';
import { MetricPicker } from './MetricPicker';
import type { SectionProps } from './section';
import { ShareInput } from './ShareInput';
import { attainmentMethods, paceProfiles, rollupMethods, type Choice } from './words';

export function GoalSection(props: SectionProps) {
  const { doc, node, errorsOf, onChange } = props;
  const opening = props.opening?.field === 'targets' ? props.opening : undefined;
  const [open, setOpen] = useState(opening !== undefined && node.target_metric === null);
  const [picking, setPicking] = useState(false);
  const [whose, setWhose] = useState<Whose | null>(node.target_metric === null ? WHOLE : null);
  const label = t('Targets of {name}', { name: node.name });
  return (
    <>
      <Field name="targets" label={t('Targets')} errors={[...errorsOf('targets'), ...errorsOf('target_metric')]}>
        <Space wrap>
          {node.target_metric === null
            ? <>
                <Button id={idOf('targets')} onClick={() => setOpen(true)} data-test="kpi-targets-open">{t('Enter targets')}</Button>
                <Typography.Text type="secondary" data-test="kpi-targets-count">{told(props)}</Typography.Text>
                {node.direction !== 'maintain' && node.targets.length === 0 && (
                  <Button type="link" onClick={() => setPicking(true)} data-test="kpi-target-metric">{t('Read them from a metric')}</Button>
                )}
              </>
            : <>
                <Typography.Text>{'restricted' in node.target_metric ? t('Read from a metric that you may not read.') : t('Read from the metric {metric}', { metric: node.target_metric.metric_name })}</Typography.Text>
                <Button
                  size="small"
                  onClick={() => {
                    setWhose(WHOLE);
                    onChange(now => setNode(now, node.key, { target_metric: null }), label);
                  }}
                >
                  {t('Enter them instead')}
                </Button>
                <Button size="small" onClick={() => setOpen(true)} data-test="kpi-targets-members">{t('Targets of a member')}</Button>
              </>}
        </Space>
      </Field>
      <Modal
        open={open}
        width={760}
        footer={null}
        destroyOnClose
        title={label}
        onCancel={() => {
          setOpen(false);
          opening?.onClosed();
        }}
      >
        <WhoseField doc={doc} node={node} whose={whose} onChange={setWhose} />
        {whose !== null && (
          <TargetsGrid key={JSON.stringify(whose)} doc={doc} node={node} whose={whose} since={opening?.since}
            onChange={(targets, what) => onChange(now => setNode(now, node.key, { targets }), what)} />
        )}
      </Modal>
      {picking && (
        <MetricPicker
          doc={doc}
          node={node}
          onClose={() => setPicking(false)}
          onChoose={({ dataset_uuid, metric_name }) => {
            setPicking(false);
            setWhose(null);
            onChange(now => setNode(now, node.key, { target_metric: { dataset_uuid, metric_name, filters: [], time_column: null } }), label);
          }}
        />
      )}
      <OptionalChoice name="attainment_method" label={t('How attainment is measured')} choices={attainmentMethods()} value={node.attainment_method} errors={errorsOf('attainment_method')}
        onChange={attainment_method => onChange(now => setNode(now, node.key, { attainment_method }), t('Attainment of {name}', { name: node.name }))} />
      <OptionalChoice name="pace_profile" label={t('How the target fills up')} choices={paceProfiles()} value={node.pace_profile} errors={errorsOf('pace_profile')}
        onChange={pace_profile => onChange(now => setNode(now, node.key, { pace_profile }), t('Pace of {name}', { name: node.name }))} />
      <Field name="rollup_method" label={t('Score from the KPIs under it')} errors={errorsOf('rollup_method')}>
        <Select
          id={idOf('rollup_method')}
          value={node.rollup_method}
          options={rollupMethods().map(({ value, label: text }) => ({ value, label: text }))}
          onChange={rollup_method => onChange(now => setNode(now, node.key, { rollup_method }), t('Score of {name}', { name: node.name }))}
        />
      </Field>
      <ThresholdsField {...props} />
    </>
  );
}

/** How many targets there are, or that they follow from the children's. */
function told({ node, preview }: SectionProps): string {
  if (node.targets.length > 0) return t('{count} entered', { count: node.targets.length });
  if (preview?.evaluation?.nodes[node.key]?.target_derived) return t('They follow from the KPIs under it.');
  return t('None yet');
}

function OptionalChoice<Value extends string>({ name, label, choices, value, errors, onChange }: {
  name: string; label: string; choices: Choice<Value>[]; value: Value | null; errors: string[]; onChange(value: Value | null): void;
}) {
  return (
    <Field name={name} label={label} errors={errors}>
      <Select
        id={idOf(name)}
        value={value ?? ''}
        options={[{ value: '', label: t('The usual for such a KPI') }, ...choices.map(choice => ({ value: choice.value as string, label: choice.label }))]}
        onChange={next => onChange((next || null) as Value | null)}
      />
    </Field>
  );
}

function ThresholdsField({ doc, node, errorsOf, onChange }: SectionProps) {
  const { on_track, at_risk } = node.thresholds ?? doc.thresholds;
  const set = (thresholds: typeof node.thresholds) => onChange(now => setNode(now, node.key, { thresholds }), t('Thresholds of {name}', { name: node.name }));
  return (
    <Field name="thresholds" label={t('Thresholds of the status')} errors={errorsOf('thresholds')}>
      <Space wrap>
        <Select
          id={idOf('thresholds')}
          value={node.thresholds === null ? 'tree' : 'own'}
          options={[{ value: 'tree', label: t('As the tree has them') }, { value: 'own', label: t('Of its own') }]}
          onChange={value => set(value === 'own' ? { on_track, at_risk } : null)}
        />
        {node.thresholds !== null && (
          <>
            <ShareInput label={t('On track from')} value={on_track} onCommit={value => set({ on_track: value, at_risk })} />
            <ShareInput label={t('At risk from')} value={at_risk} onCommit={value => set({ on_track, at_risk: value })} />
          </>
        )}
      </Space>
    </Field>
  );
}
