import { useLayoutEffect } from 'react';

/** Gives the keyboard back to what had it when this came up: antd does so only for dialogs that stay in the page. */
export function useReturnedFocus(): void {
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    // A moment later: what goes away takes the keyboard with it first.
    return () => void window.setTimeout(() => before?.isConnected && before.focus());
  }, []);
}
