import React, { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n';
import type { OnIntent } from './intents';

interface Props {
  id: string;
  name: string;
  onIntent: OnIntent;
}

/** A card's name while it is written: Enter keeps it, Tab keeps it and adds a child, Escape leaves it as it was. */
export function NameField({ id, name, onIntent }: Props) {
  const [text, setText] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (kept: string | null, then?: 'child') => {
    if (done.current) return;
    done.current = true;
    onIntent({ do: 'rename', id, name: kept, then });
  };
  return (
    <input
      ref={field}
      autoFocus
      className="kpi-name-field"
      data-test="kpi-rename"
      aria-label={t('Name')}
      maxLength={255}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => finish(text)}
      onKeyDown={event => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(text);
        else if (event.key === 'Escape') finish(null);
        else if (event.key === 'Tab' && !event.shiftKey) finish(text, 'child');
        else return;
        event.preventDefault();
      }}
      onPointerDown={event => event.stopPropagation()}
      onDoubleClick={event => event.stopPropagation()}
    />
  );
}
