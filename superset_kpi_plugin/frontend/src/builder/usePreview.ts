import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/http';
import { previewTree } from '../page/api';
import type { Preview, TreeDoc } from './draft/document';
import { inSession } from './session';

export interface Previewing {
  /** The last one that came; while `busy` it is of the document before. */
  preview: Preview | null;
  busy: boolean;
  error: ApiError | null;
  retry: () => void;
}

/** How long typing rests before the server is asked, in milliseconds. */
const PAUSE = 350;
/** As many periods as the chart's lines show. */
const HISTORY = 12;

/** The draft evaluated as it would be, after each edit; only the last document is told of. */
export function usePreview(doc: TreeDoc, asOf: string | null): Previewing {
  const [state, setState] = useState<Omit<Previewing, 'retry'>>({ preview: null, busy: true, error: null });
  const [attempt, setAttempt] = useState(0);
  const first = useRef(true);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setState(({ preview }) => ({ preview, busy: true, error: null }));
    const ask = () => {
      const request = {
        document: doc,
        history: HISTORY,
        compare: ['previous_period' as const],
        prove: hasProvable(doc),
        ...(asOf ? { as_of: asOf } : {}),
      };
      inSession(() => previewTree(request, signal)).then(
        preview => signal.aborted || setState({ preview, busy: false, error: null }),
        (failure: unknown) => {
          if (signal.aborted) return;
          const error = failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
          setState(({ preview }) => ({ preview, busy: false, error }));
        },
      );
    };
    const timer = setTimeout(ask, first.current ? 0 : PAUSE);
    first.current = false;
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [doc, asOf, attempt]);

  return { ...state, retry: useCallback(() => setAttempt(count => count + 1), []) };
}

/** Whether there is a formula to hold against what was measured. */
const hasProvable = (doc: TreeDoc): boolean => doc.nodes.some(({ source, formula }) => formula !== null && source !== 'formula');
