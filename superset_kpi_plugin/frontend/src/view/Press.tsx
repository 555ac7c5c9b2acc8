import React, { type HTMLAttributes, type KeyboardEvent } from 'react';

type Props = Omit<HTMLAttributes<HTMLSpanElement>, 'onClick'> & { onClick: () => void };

/**
 * A button whose words are part of what there is to read: the host leaves every `button`, `input` and `select` out of
 * a dashboard's PDF, and with it the words. It is one to hands, keyboards and assistive technology.
 */
export function Press({ onClick, className = '', onKeyDown, ...rest }: Props) {
  return (
    <span
      role="button"
      tabIndex={0}
      className={`kpi-press ${className}`}
      {...rest}
      onClick={onClick}
      onKeyDown={(event: KeyboardEvent<HTMLSpanElement>) => {
        onKeyDown?.(event);
        if (event.key !== 'Enter' && event.key !== ' ') return;
        // Neither the page scrolls, nor does the tree around take the key for its own.
        event.preventDefault();
        event.stopPropagation();
        onClick();
      }}
    />
  );
}
