import { useEffect, useState } from 'react';

/** Gives the keyboard back to what had it when this came up: antd does so only for dialogs that stay in the page. */
export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  useEffect(
    () => () =>
      // A moment later: what goes away takes the keyboard with it first. Whoever was given it meanwhile keeps it.
      void window.setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before?.isConnected) before.focus();
      }),
    [before],
  );
}
