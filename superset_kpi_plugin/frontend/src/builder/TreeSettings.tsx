/** What a tree is apart from its nodes: its name, who answers for it, its periods, when it is on track. */
import { DatePicker, Button, Form, Input, Select } from 'antd';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import dayjs from 'dayjs';
import React, { useEffect, useRef, useState } from 'react';
import { currentLocale, t } from '../i18n';
import type { CustomPeriod, Errors, Grain, Person, TreeDoc } from './draft/document';
import { fieldWord, fullName } from './draft/describe';
import { setTree, type Edit } from './draft/edits';
import { same } from './draft/same';
import { findPeople } from './node/ask';
import { Field, idOf, NumberField, TextInput, unnamed } from './node/Field';
import { useAsked } from './node/useAsked';

interface Props {
  doc: TreeDoc;
  errors: Errors;
  onChange(change: Edit, label: string): void;
  focusField?: string;
}

type Fields = Parameters<typeof setTree>[1];

const DAY = 'YYYY-MM-DD';

export function TreeSettings({ doc, errors, onChange, focusField }: Props) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focusField === undefined) return undefined;
    const frame = requestAnimationFrame(() => {
      const place = form.current?.querySelector(`[data-field="${focusField.split('.')[0]}"]`);
      place?.scrollIntoView?.({ block: 'center' });
      place?.querySelector<HTMLElement>('input, textarea, button')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [focusField]);
  const set = (fields: Fields) => {
    const [field] = Object.keys(fields) as (keyof Fields)[];
    if (same(doc[field!], fields[field!])) return;
    onChange(now => setTree(now, fields), t('{field} of the tree', { field: fieldWord(field!) }));
  };
  const errorsOf = (field: string) =>
    Object.entries(errors).filter(([path]) => path === field || path.startsWith(`${field}.`)).flatMap(([, texts]) => texts);
  const field = (name: keyof Fields) => ({ name, label: fieldWord(name), errors: errorsOf(name) });
  const language = currentLocale();
  return (
    <div ref={form} data-test="kpi-tree-settings">
      <Form layout="vertical" component="div">
        <Field {...field('name')}>
          <TextInput name="name" value={doc.name} problemOf={unnamed} onCommit={name => set({ name: name.trim() })} />
        </Field>
        <Field {...field('description')}>
          <TextInput name="description" multiline value={doc.description} onCommit={description => set({ description })} />
        </Field>
        <Field {...field('slug')} help={t('The last part of the tree’s address: lower-case letters, digits and hyphens. It follows from the name where it is empty.')}>
          <TextInput name="slug" value={doc.slug ?? ''} onCommit={slug => set({ slug: slug.trim() || null })} />
        </Field>
        <Field {...field('owners')} help={t('They may change the tree. Whoever saves a new one is an owner of it.')}>
          <OwnersSelect owners={doc.owners} onChange={owners => set({ owners })} />
        </Field>
        <Field {...field('departments')}>
          <Select id={idOf('departments')} mode="tags" value={doc.departments} tokenSeparators={[',']} open={false} suffixIcon={null}
            onChange={(departments: string[]) => set({ departments: departments.map(one => one.trim()).filter(Boolean) })} />
        </Field>
        <Field {...field('grain')} help={t('The period that targets are for, and that is shown first.')}>
          <Select<Grain> id={idOf('grain')} value={doc.grain} options={grains()} onChange={grain => set({ grain, periods: grain === 'custom' ? doc.periods : [] })} />
        </Field>
        {doc.grain === 'custom' && (
          <Field {...field('periods')} help={t('Periods must not overlap.')}>
            <Periods periods={doc.periods} onChange={periods => set({ periods })} />
          </Field>
        )}
        <div className="kpi-field-pair">
          <Field {...field('fiscal_year_start_month')}>
            <Select id={idOf('fiscal_year_start_month')} value={doc.fiscal_year_start_month} options={months(language)} onChange={month => set({ fiscal_year_start_month: month })} />
          </Field>
          <Field {...field('week_start')}>
            <Select id={idOf('week_start')} value={doc.week_start} options={weekdays(language)} onChange={day => set({ week_start: day })} />
          </Field>
        </div>
        <Field {...field('time_zone')} help={t('It decides which day is today.')}>
          <Select id={idOf('time_zone')} showSearch value={doc.time_zone} options={timeZones(doc.time_zone)} onChange={zone => set({ time_zone: zone })} />
        </Field>
        <Field {...field('holidays')} help={t('Days off for pace by business days: a country or a part of one, such as VN, JP or DE-BY.')}>
          <TextInput name="holidays" value={doc.holidays ?? ''} onCommit={place => set({ holidays: place.trim().toUpperCase() || null })} />
        </Field>
        <Field {...field('thresholds')} help={t('From which pace on a KPI is on track, and from which one it is at risk; below that it is off track. In percent.')}>
          <div className="kpi-field-pair">
            <Percent id={idOf('thresholds')} label={t('On track')} value={doc.thresholds.on_track} onCommit={on_track => set({ thresholds: { ...doc.thresholds, on_track } })} />
            <Percent label={t('At risk')} value={doc.thresholds.at_risk} onCommit={at_risk => set({ thresholds: { ...doc.thresholds, at_risk } })} />
          </div>
        </Field>
        <Field {...field('score_cap')} help={t('A KPI counts for no more than this in the score, so that one over its target cannot hide one under it. 1 is the target met.')}>
          <NumberField name="score_cap" least={0.01} value={doc.score_cap} onCommit={score_cap => set({ score_cap })} />
        </Field>
      </Form>
    </div>
  );
}

function grains(): { value: Grain; label: string }[] {
  return [
    { value: 'week', label: t('Weeks') },
    { value: 'month', label: t('Months') },
    { value: 'quarter', label: t('Quarters') },
    { value: 'year', label: t('Years') },
    { value: 'custom', label: t('Periods of its own') },
  ];
}

const months = (language: string) => named(12, index => new Date(Date.UTC(2024, index, 1)), language, { month: 'long' });
/** The first of January 2024 was a Monday. */
const weekdays = (language: string) => named(7, index => new Date(Date.UTC(2024, 0, index + 1)), language, { weekday: 'long' });

function named(count: number, day: (index: number) => Date, language: string, options: Intl.DateTimeFormatOptions) {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  return Array.from({ length: count }, (_, index) => ({ value: index + 1, label: format.format(day(index)) }));
}

function timeZones(chosen: string): { value: string; label: string }[] {
  const known = (Intl as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.('timeZone') ?? [];
  return [...new Set(['UTC', chosen, ...known])].map(value => ({ value, label: value.replace(/_/g, ' ') }));
}

function Percent({ id, label, value, onCommit }: { id?: string; label: string; value: number; onCommit: (share: number) => void }) {
  const written = String(Number((value * 100).toFixed(4)));
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const commit = () => {
    const percent = Number(text.replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(percent) || percent < 0) setText(written);
    else if (percent !== Number(written)) onCommit(Number((percent / 100).toFixed(6)));
  };
  return <Input id={id} aria-label={label} addonBefore={label} suffix="%" inputMode="decimal" value={text} onChange={event => setText(event.target.value)} onBlur={commit} onPressEnter={commit} />;
}

function OwnersSelect({ owners, onChange }: { owners: Person[]; onChange: (owners: Person[]) => void }) {
  const [search, setSearch] = useState<string | null>(null);
  const asked = useAsked(search, signal => findPeople(search ?? '', signal), 250);
  const found = asked.answer ?? [];
  const known = new Map([...found, ...owners].map(person => [person.id, person]));
  return (
    <Select<number[]>
      id={idOf('owners')}
      mode="multiple"
      showSearch
      filterOption={false}
      value={owners.map(({ id }) => id)}
      loading={search !== null && asked.state === 'asking'}
      options={[...known.values()].map(person => ({ value: person.id, label: fullName(person) }))}
      onSearch={setSearch}
      onFocus={() => setSearch('')}
      onChange={ids => onChange(ids.flatMap(id => known.get(id) ?? []))}
    />
  );
}

/** The end that is stored is the day after the last; people write the last. */
function Periods({ periods, onChange }: { periods: CustomPeriod[]; onChange: (periods: CustomPeriod[]) => void }) {
  const change = (index: number, fields: Partial<CustomPeriod>) => onChange(periods.map((one, at) => (at === index ? { ...one, ...fields } : one)));
  const add = () => {
    const last = periods[periods.length - 1];
    const start = dayjs(last?.end ?? undefined);
    const end = last ? start.add(Math.max(dayjs(last.end).diff(last.start, 'day'), 1), 'day') : start.add(1, 'month');
    onChange([...periods, { name: t('Period {number}', { number: periods.length + 1 }), start: start.format(DAY), end: end.format(DAY) }]);
  };
  return (
    <div className="kpi-periods">
      {periods.map(({ name, start, end }, index) => (
        <div key={index} className="kpi-period" data-test="kpi-period">
          <TextInput name={`periods.${index}.name`} value={name} problemOf={unnamed} onCommit={text => change(index, { name: text.trim() })} />
          <DatePicker.RangePicker
            allowClear={false}
            value={[dayjs(start), dayjs(end).subtract(1, 'day')]}
            onChange={range => range?.[0] && range[1] && change(index, { start: range[0].format(DAY), end: range[1].add(1, 'day').format(DAY) })}
          />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('Delete {name}', { name })} onClick={() => onChange(periods.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={add} data-test="kpi-period-add">{t('Add a period')}</Button>
    </div>
  );
}
