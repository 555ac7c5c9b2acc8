/** A labelled field of the form, with its help and what is wrong with it. */
import { Form, Input } from 'antd';
import React, { useEffect, useState, type ReactNode } from 'react';

export interface FieldProps {
  /** The document's field, by which errors and findings lead here. */
  name: string;
  label: ReactNode;
  help?: ReactNode;
  errors?: readonly string[];
  children: ReactNode;
}

export const idOf = (name: string): string => `kpi-field-${name}`;

export function Field({ name, label, help, errors = [], children }: FieldProps) {
  const wrong = errors.length > 0;
  return (
    <Form.Item
      label={label}
      htmlFor={idOf(name)}
      validateStatus={wrong ? 'error' : undefined}
      help={wrong ? <span data-test="kpi-field-error">{errors.join(' ')}</span> : undefined}
      extra={help}
      data-test={`kpi-field-${name}`}
      data-field={name}
    >
      {children}
    </Form.Item>
  );
}

interface TextProps {
  name: string;
  value: string;
  onCommit(value: string): void;
  multiline?: boolean;
  placeholder?: string;
  disabled?: boolean;
}

/** A text that becomes an edit when it is left or Enter is pressed; Escape gives the old one back. */
export function TextInput({ name, value, onCommit, multiline, placeholder, disabled }: TextProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    if (text !== value) onCommit(text);
  };
  const common = {
    id: idOf(name),
    value: text,
    placeholder,
    disabled,
    onBlur: commit,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setText(event.target.value),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Escape') setText(value);
      if (event.key === 'Enter' && !multiline) commit();
    },
  };
  return multiline ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} {...common} /> : <Input {...common} />;
}

interface NumberProps {
  name: string;
  value: number;
  least: number;
  whole?: boolean;
  onCommit(value: number): void;
  'aria-label'?: string;
}

/** A number that becomes an edit when it is left; what is no such number is taken back. */
export function NumberField({ name, value, least, whole, onCommit, ...labels }: NumberProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const commit = () => {
    const next = Number(text.replace(',', '.'));
    const fits = text.trim() !== '' && Number.isFinite(next) && next >= least && (!whole || Number.isInteger(next));
    if (!fits) setText(String(value));
    else if (next !== value) onCommit(next);
  };
  return (
    <Input
      {...labels}
      id={idOf(name)}
      inputMode="decimal"
      value={text}
      style={{ width: 96 }}
      onChange={event => setText(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}
