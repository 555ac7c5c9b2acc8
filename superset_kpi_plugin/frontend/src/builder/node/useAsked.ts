import { useEffect, useState } from 'react';

export type Asked<Answer> =
  | { state: 'asking'; answer: Answer | null }
  | { state: 'told'; answer: Answer }
  | { state: 'failed'; answer: null; message: string };

/** Asks when `question` changes, after a pause for those who still type; only the last question is answered. */
export function useAsked<Answer>(
  question: string | null, ask: (signal: AbortSignal) => Promise<Answer>, pause = 0,
): Asked<Answer> {
  const [asked, setAsked] = useState<Asked<Answer>>({ state: 'asking', answer: null });
  useEffect(() => {
    if (question === null) return undefined;
    const aborter = new AbortController();
    setAsked(({ answer }) => ({ state: 'asking', answer }));
    const timer = setTimeout(() => {
      ask(aborter.signal).then(
        answer => !aborter.signal.aborted && setAsked({ state: 'told', answer }),
        (failure: Error) => !aborter.signal.aborted && setAsked({ state: 'failed', answer: null, message: failure.message }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
    // The question says all that `ask` depends on.
  }, [question]);
  return asked;
}
