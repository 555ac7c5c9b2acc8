/** What the node is: name, who answers for it, how its numbers look and which way they should go. */
import { getNumberFormatter } from '@superset-ui/core';
import { AutoComplete, Select } from 'antd';
import React, { useState } from 'react';
import { t } from '../../i18n';
import { renameNode, setKey, setNode } from '../draft/edits';
import { findPeople } from './ask';
import { keyProblem } from '../draft/keys';
import { Field, idOf, TextInput, unnamed } from './Field';
import type { SectionProps } from './section';
import { useAsked } from './useAsked';
import { accumulations, directions, type Choice } from './words';

const FORMATS = [',.0f', ',.1f', ',.2f', '.0%', '.1%', '.2%', '$,.0f', '$,.2f', '.3~s'];

export function IdentitySection({ doc, node, preview, errorsOf, onChange }: SectionProps) {
  const set = (fields: Parameters<typeof setNode>[2], label: string) => onChange(now => setNode(now, node.key, fields), label);
  const departments = [...new Set([...doc.departments, ...doc.nodes.map(({ department }) => department)])].filter(
    (one): one is string => Boolean(one),
  );
  return (
    <>
      <Field name="name" label={t('Name')} errors={errorsOf('name')}>
        <TextInput name="name" value={node.name} problemOf={unnamed} onCommit={name => onChange(now => renameNode(now, node.key, name), t('Rename {name}', { name }))} />
      </Field>
      <Field name="description" label={t('Description')} errors={errorsOf('description')}>
        <TextInput name="description" multiline value={node.description} onCommit={description => set({ description }, t('Describe {name}', { name: node.name }))} />
      </Field>
      <Choose name="direction" label={t('Which way is better')} choices={directions()} value={node.direction} errors={errorsOf('direction')}
        onChange={direction => set({ direction }, t('Direction of {name}', { name: node.name }))} />
      <Choose name="accumulation" label={t('How it behaves over time')} choices={accumulations()} value={node.accumulation} errors={errorsOf('accumulation')}
        onChange={accumulation => set({ accumulation }, t('Accumulation of {name}', { name: node.name }))} />
      <Field name="unit" label={t('Unit')} help={t('Such as USD, %, leads.')} errors={errorsOf('unit')}>
        <TextInput name="unit" value={node.unit ?? ''} onCommit={unit => set({ unit: unit.trim() || null }, t('Unit of {name}', { name: node.name }))} />
      </Field>
      <FormatField
        value={node.d3format}
        sample={preview?.evaluation?.nodes[node.key]?.actual ?? 1234.5678}
        errors={errorsOf('d3format')}
        onCommit={d3format => set({ d3format }, t('Number format of {name}', { name: node.name }))}
      />
      <OwnerField node={node} errors={errorsOf('owner')} onChange={owner => set({ owner }, t('Owner of {name}', { name: node.name }))} />
      <Field name="department" label={t('Department')} errors={errorsOf('department')}>
        <CommittedAutoComplete name="department" value={node.department ?? ''} options={departments.map(value => ({ value, label: value }))}
          onCommit={value => set({ department: value.trim() || null }, t('Department of {name}', { name: node.name }))} />
      </Field>
      <Field name="key" label={t('Key')} help={t('Its name in formulas. Formulas that use it are changed with it.')} errors={errorsOf('key')}>
        <TextInput name="key" value={node.key} problemOf={key => keyProblem(doc, node.key, key)} onCommit={key => onChange(now => setKey(now, node.key, key), t('Key of {name}', { name: node.name }))} />
      </Field>
    </>
  );
}

/** A small closed set, with what the choice means. */
export function Choose<Value extends string>({ name, label, choices, value, errors, onChange }: {
  name: string; label: string; choices: Choice<Value>[]; value: Value; errors?: string[]; onChange(value: Value): void;
}) {
  return (
    <Field name={name} label={label} errors={errors} help={choices.find(one => one.value === value)?.help}>
      <Select<Value>
        id={idOf(name)}
        value={value}
        options={choices.map(choice => ({ value: choice.value, label: choice.label }))}
        onChange={next => onChange(next)}
      />
    </Field>
  );
}

function FormatField({ value, sample, errors, onCommit }: {
  value: string | null; sample: number; errors: string[]; onCommit(value: string | null): void;
}) {
  const shown = (format: string) => getNumberFormatter(format)(format.includes('%') && Math.abs(sample) > 10 ? 0.1234 : sample);
  return (
    <Field name="d3format" label={t('Number format')} errors={errors}>
      <CommittedAutoComplete
        name="d3format"
        value={value ?? ''}
        placeholder={t('The server’s choice')}
        options={FORMATS.map(format => ({ value: format, label: `${format}  (${shown(format)})` }))}
        onCommit={next => onCommit(next.trim() || null)}
      />
    </Field>
  );
}

/** Offers what is known, takes what is typed; an edit when it is chosen or left. */
function CommittedAutoComplete({ name, value, options, placeholder, onCommit }: {
  name: string; value: string; options: { value: string; label: string }[]; placeholder?: string; onCommit(value: string): void;
}) {
  const [text, setText] = useState<string | null>(null);
  const commit = (next: string) => {
    setText(null);
    if (next !== value) onCommit(next);
  };
  return (
    <AutoComplete
      id={idOf(name)}
      style={{ width: '100%' }}
      value={text ?? value}
      placeholder={placeholder}
      options={text ? options.filter(one => one.label.toLowerCase().includes(text.toLowerCase())) : options}
      onChange={setText}
      onSelect={commit}
      onBlur={() => text !== null && commit(text)}
    />
  );
}

function OwnerField({ node, errors, onChange }: {
  node: SectionProps['node']; errors: string[]; onChange(owner: SectionProps['node']['owner']): void;
}) {
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(false);
  const asked = useAsked(open ? search : null, signal => findPeople(search, signal), 200);
  const people = asked.answer ?? (node.owner ? [node.owner] : []);
  const nameOf = (person: { first_name: string; last_name: string }) => `${person.first_name} ${person.last_name}`.trim();
  return (
    <Field name="owner" label={t('Owner')} errors={errors}>
      <Select
        id={idOf('owner')}
        allowClear
        showSearch
        filterOption={false}
        placeholder={t('Nobody yet')}
        value={node.owner ? { value: node.owner.id, label: nameOf(node.owner) } : null}
        labelInValue
        loading={open && asked.state === 'asking'}
        options={people.map(person => ({ value: person.id, label: nameOf(person) }))}
        onSearch={setSearch}
        onOpenChange={setOpen}
        onChange={chosen => onChange(people.find(person => person.id === chosen?.value) ?? null)}
      />
    </Field>
  );
}
