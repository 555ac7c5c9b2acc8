/** Which drafts other tabs have open: every tab answers for its own. */
const CHANNEL = 'kpi-drafts';
/** How long an answer is waited for, in milliseconds; a tab that sleeps longer loses nothing, its draft is only offered here too. */
const PATIENCE = 250;

type Message = { ask: string } | { open: string; asked: string };

/** Answers for a draft as long as it is open here. */
export function answerFor(id: string): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('ask' in data) channel.postMessage({ open: id, asked: data.ask } satisfies Message);
  };
  return () => channel.close();
}

/** The ids of the drafts that are open elsewhere. */
export function openElsewhere(patience = PATIENCE): Promise<ReadonlySet<string>> {
  if (typeof BroadcastChannel === 'undefined') return Promise.resolve(new Set());
  const channel = new BroadcastChannel(CHANNEL);
  const ask = String(Math.random());
  const found = new Set<string>();
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('open' in data && data.asked === ask) found.add(data.open);
  };
  channel.postMessage({ ask } satisfies Message);
  return new Promise(resolve => {
    setTimeout(() => {
      channel.close();
      resolve(found);
    }, patience);
  });
}
