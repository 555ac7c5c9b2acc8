/** A share such as a threshold, written in percent. */
import { Input } from 'antd';
import React, { useEffect, useState } from 'react';
import { currentLocale } from '../../i18n';
import { readNumber, separatorsOf, writeNumber } from '../targets/written';

export function ShareInput({ label, value, onCommit }: { label: string; value: number; onCommit(value: number): void }) {
  const separators = separatorsOf(currentLocale());
  const written = writeNumber(value, true, separators);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const commit = () => {
    const next = readNumber(text.includes('%') ? text : `${text}%`, separators);
    if (next === null || Number.isNaN(next) || next < 0) setText(written);
    else if (next !== value) onCommit(next);
  };
  return <Input aria-label={label} addonBefore={label} value={text} style={{ width: 190 }} onChange={event => setText(event.target.value)} onBlur={commit} onPressEnter={commit} />;
}
