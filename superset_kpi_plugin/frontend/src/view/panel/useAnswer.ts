import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/client';

export type Answer<T> =
  | { state: 'loading' }
  | { state: 'ready'; answer: T }
  | { state: 'failed'; error: ApiError };

const LOADING: Answer<never> = { state: 'loading' };

/** What was answered about an evaluation is as old as that evaluation, and is forgotten with it. */
const answers = new WeakMap<object, Map<string, unknown>>();

/** Asks once for each question about an evaluation; `null` asks nothing. A newer question cancels the older. */
export function useAnswer<T>(
  about: object,
  question: string | null,
  ask: (signal: AbortSignal) => Promise<T>,
): { answer: Answer<T>; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [told, setTold] = useState<{ about: object; question: string; answer: Answer<T> } | null>(null);
  const asking = useRef(ask);
  asking.current = ask;

  useEffect(() => {
    if (question === null || known<T>(about, question) !== undefined) return undefined;
    const controller = new AbortController();
    const tell = (answer: Answer<T>) => {
      if (!controller.signal.aborted) setTold({ about, question, answer });
    };
    tell(LOADING);
    asking.current(controller.signal).then(
      answer => {
        if (controller.signal.aborted) return;
        remember(about, question, answer);
        tell({ state: 'ready', answer });
      },
      (failure: unknown) =>
        tell({ state: 'failed', error: failure instanceof ApiError ? failure : new ApiError('failed', String(failure)) }),
    );
    return () => controller.abort();
  }, [about, question, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const before = question === null ? undefined : known<T>(about, question);
  if (before !== undefined) return { answer: { state: 'ready', answer: before }, retry };
  return { answer: told?.about === about && told.question === question ? told.answer : LOADING, retry };
}

function known<T>(about: object, question: string): T | undefined {
  return answers.get(about)?.get(question) as T | undefined;
}

function remember(about: object, question: string, answer: unknown): void {
  const known = answers.get(about) ?? new Map<string, unknown>();
  answers.set(about, known.set(question, answer));
}
