/** A labelled field of the form, with its help and what is wrong with it. */
import { Form, Input, Typography } from 'antd';
import React, { useEffect, useState, type ReactNode } from 'react';
import { currentLocale, t } from '../../i18n';
import { readNumber, separatorsOf, writeNumber } from '../targets/written';

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
  /** Why a text cannot be taken, and what can; null where it can be. */
  problemOf?: (text: string) => string | null;
}

/** A text that becomes an edit when it is left or Enter is pressed; Escape gives the old one back. */
export function TextInput({ name, value, onCommit, multiline, placeholder, disabled, problemOf }: TextProps) {
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  const put = (next: string) => {
    setText(next);
    setProblem(null);
  };
  useEffect(() => put(value), [value]);
  const commit = () => {
    if (text === value) return;
    const found = problemOf?.(text) ?? null;
    setProblem(found);
    if (found === null) onCommit(text);
  };
  const common = {
    id: idOf(name),
    value: text,
    placeholder,
    disabled,
    onBlur: commit,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => put(event.target.value),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Escape') put(value);
      if (event.key === 'Enter' && !multiline) commit();
    },
  };
  return (
    <>
      {multiline ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} {...common} /> : <Input {...common} status={problem ? 'error' : undefined} aria-invalid={problem !== null} />}
      <Problem text={problem} />
    </>
  );
}

/** What a name that is empty or blank is told. */
export const unnamed = (text: string): string | null => (text.trim() ? null : t('It needs a name: write one, or press Escape for the old one.'));

/** Why what was typed is not taken, said where it was typed. */
function Problem({ text }: { text: string | null }) {
  return text === null ? null : <Typography.Text type="danger" role="alert" className="kpi-problem" data-test="kpi-field-problem">{text}</Typography.Text>;
}

interface NumberProps {
  name: string;
  value: number;
  least: number;
  whole?: boolean;
  onCommit(value: number): void;
  'aria-label'?: string;
}

/** A number that becomes an edit when it is left; what is no such number stays there with what to write instead, and is no edit. */
export function NumberField({ name, value, least, whole, onCommit, ...labels }: NumberProps) {
  const separators = separatorsOf(currentLocale());
  const written = writeNumber(value, false, separators);
  const [text, setText] = useState(written);
  const [wrong, setWrong] = useState(false);
  const put = (next: string) => {
    setText(next);
    setWrong(false);
  };
  useEffect(() => put(written), [written]);
  const commit = () => {
    const next = readNumber(text, separators);
    const fits = next !== null && next >= least && (!whole || Number.isInteger(next));
    setWrong(!fits);
    if (fits && next !== value) onCommit(next);
  };
  return (
    <>
      <Input
        {...labels}
        id={idOf(name)}
        inputMode="decimal"
        value={text}
        status={wrong ? 'error' : undefined}
        aria-invalid={wrong}
        style={{ width: 96 }}
        onChange={event => put(event.target.value)}
        onBlur={commit}
        onPressEnter={commit}
        onKeyDown={event => event.key === 'Escape' && put(written)}
      />
      <Problem text={!wrong ? null : whole ? t('Write a whole number, {least} or more.', { least }) : t('Write a number, {least} or more.', { least })} />
    </>
  );
}
