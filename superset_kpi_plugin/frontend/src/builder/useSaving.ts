import { useCallback, useRef, useState, type Dispatch } from 'react';
import { ApiError } from '../api/http';
import { t } from '../i18n';
import { createTree, readDocument, replaceTree } from '../page/api';
import type { TreeDoc } from './draft/document';
import { setTree } from './draft/edits';
import { outgoing, sameContent, type Action, type Draft } from './draft/state';
import { inSession } from './session';

/** Why a save did not come about; the draft is kept in every case. */
export interface Trouble {
  kind: 'session' | 'network' | 'refused' | 'forbidden' | 'gone' | 'failed';
  error: ApiError;
}

export interface Saving {
  busy: boolean;
  trouble: Trouble | null;
  /** What somebody else has saved meanwhile, until it is settled. */
  theirs: TreeDoc | null;
  /** Saves; with a truth value, published or not. */
  save: (published?: boolean) => Promise<void>;
  /** Asks what is stored now, to compare it with the draft. */
  compare: () => Promise<void>;
  /** Puts the other's version and the document chosen in its place under the draft, and saves it where that is something new. */
  settle: (doc: TreeDoc, labels: { theirs: string; doc: string }) => void;
  /** Leaves the conflict for later. */
  dismiss: () => void;
  forget: () => void;
}

/** Saving in one request. */
export function useSaving(draft: Draft, dispatch: Dispatch<Action>, onSaved: (stored: TreeDoc) => void): Saving {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [theirs, setTheirs] = useState<TreeDoc | null>(null);
  const wish = useRef<boolean | undefined>(undefined);
  const running = useRef(false);

  const stored = useCallback(
    (sent: TreeDoc, answer: TreeDoc) => {
      dispatch({ type: 'edit', change: now => (now.published === sent.published ? now : setTree(now, { published: sent.published })), label: publishing(sent.published) });
      dispatch({ type: 'saved', sent, stored: answer });
      onSaved(answer);
    },
    [dispatch, onSaved],
  );

  /** What is stored now: perhaps our own save, whose answer never came. */
  const look = useCallback(
    async (sent: TreeDoc) => {
      const { document } = await readDocument(sent.uuid ?? '');
      if (sameContent(document, sent)) stored(sent, document);
      else setTheirs(document);
    },
    [stored],
  );

  const attempt = useCallback(async (act: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await act();
    } catch (failure) {
      setTrouble(troubleOf(failure));
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  const send = useCallback(
    (from: Draft, published: boolean | undefined) =>
      attempt(async () => {
        const doc = outgoing(from);
        const sent = published === undefined || published === doc.published ? doc : setTree(doc, { published });
        try {
          stored(sent, await inSession(() => (from.base === null ? createTree(sent) : replaceTree(sent.uuid ?? '', sent))));
        } catch (failure) {
          if (!isTaken(failure)) throw failure;
          await look(sent);
        }
      }),
    [attempt, look, stored],
  );

  const save = useCallback(
    (published?: boolean) => {
      wish.current = published;
      return send(draft, published);
    },
    [draft, send],
  );
  const compare = useCallback(() => attempt(() => look(outgoing(draft))), [attempt, look, draft]);

  // The state after settling is known here, so that it can be saved without waiting for it to be drawn.
  const settle = useCallback(
    (doc: TreeDoc, labels: { theirs: string; doc: string }) => {
      if (!theirs) return;
      dispatch({ type: 'settled', theirs, doc, labels });
      setTheirs(null);
      const after: Draft = { base: theirs, history: { present: doc, past: [], future: [] }, restored: null };
      if (!sameContent(doc, theirs) || (wish.current !== undefined && wish.current !== theirs.published)) void send(after, wish.current);
    },
    [dispatch, theirs, send],
  );

  return {
    ...{ busy, trouble, theirs, save, compare, settle },
    dismiss: useCallback(() => setTheirs(null), []),
    forget: useCallback(() => setTrouble(null), []),
  };
}

export const publishing = (published: boolean): string => (published ? t('Publish') : t('Unpublish'));

/** Somebody has saved meanwhile; or, for a new tree, the same one is there already. */
const isTaken = (failure: unknown): boolean =>
  failure instanceof ApiError && (failure.status === 409 || (failure.status === 422 && 'uuid' in failure.errors));

function troubleOf(failure: unknown): Trouble {
  const error = failure instanceof ApiError ? failure : new ApiError('failed', String(failure));
  return { kind: kindOf(error), error };
}

function kindOf({ status, errors }: ApiError): Trouble['kind'] {
  switch (status) {
    case 0:
      return 'network';
    case 401:
      return 'session';
    case 403:
      return 'forbidden';
    case 404:
      return 'gone';
    case 400:
    case 422:
      return Object.keys(errors).length > 0 ? 'refused' : 'failed';
    default:
      return 'failed';
  }
}
