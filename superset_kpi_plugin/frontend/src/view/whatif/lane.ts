/** A lane for questions: one at a time, a moment after the last one was put, and the last one wins. */
export interface Lane<Question> {
  put: (question: Question) => void;
  /** Forgets what waits, and cancels what is under way. */
  clear: () => void;
}

export function openLane<Question, Answer>(
  ask: (question: Question, signal: AbortSignal) => Promise<Answer>,
  tell: (told: { answer: Answer } | { failure: unknown }, last: boolean) => void,
  patience: number,
): Lane<Question> {
  let waiting: { question: Question } | null = null;
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run(): void {
    timer = undefined;
    if (running || !waiting) return;
    const { question } = waiting;
    waiting = null;
    const controller = new AbortController();
    running = controller;
    const finish = (told: { answer: Answer } | { failure: unknown }) => {
      if (controller.signal.aborted) return;
      running = null;
      tell(told, waiting === null);
      if (timer === undefined) run();
    };
    ask(question, controller.signal).then(
      answer => finish({ answer }),
      (failure: unknown) => finish({ failure }),
    );
  }

  return {
    put: question => {
      waiting = { question };
      clearTimeout(timer);
      timer = setTimeout(run, patience);
    },
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      waiting = null;
      running?.abort();
      running = null;
    },
  };
}
