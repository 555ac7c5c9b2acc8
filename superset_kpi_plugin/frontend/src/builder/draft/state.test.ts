import { expect, test } from 'vitest';
import { treeOf } from '../../../test/drafts';
import { asNewTree } from './branch';
import type { TreeDoc } from './document';
import { renameNode, setTree } from './edits';
import { findDrafts } from './find';
import { adopt, forget, keep, lastOf, recallAll, type Kept } from './kept';
import { answerFor } from './presence';
import { isChanged, open, openNew, outgoing, reduce, type Action, type Draft } from './state';

const stored = (): TreeDoc => treeOf(['revenue > orders value'], {}, { version: 3 });
const rename = (key: string, name: string): Action => ({ type: 'edit', change: doc => renameNode(doc, key, name), label: `Rename ${key}` });
const named = ({ history }: Draft, key: string) => history.present.nodes.find(node => node.key === key)?.name;
const opened = (...actions: Action[]) => actions.reduce(reduce, open(stored(), null, ''));

test('a tree as it is stored has nothing to save, until it is edited and after it is undone', () => {
  const draft = opened();
  expect(isChanged(draft)).toBe(false);
  const edited = reduce(draft, rename('value', 'Basket'));
  expect(isChanged(edited)).toBe(true);
  expect(isChanged(reduce(edited, { type: 'undo' }))).toBe(false);
});

test('after a save what was done can still be undone, and is saved over the version of now', () => {
  const edited = opened(rename('value', 'Basket'));
  const sent = edited.history.present;
  const saved = reduce(edited, { type: 'saved', sent, stored: { ...sent, version: 4 } });
  expect(isChanged(saved)).toBe(false);
  const undone = reduce(saved, { type: 'undo' });
  expect(isChanged(undone)).toBe(true);
  expect(outgoing(undone)).toMatchObject({ version: 4, uuid: 'tree-1' });
  expect(named(undone, 'value')).toBe('The value');
});

test('what is edited while a save is under way is not lost', () => {
  const edited = opened(rename('value', 'Basket'));
  const sent = edited.history.present;
  const saved = reduce(reduce(edited, rename('orders', 'Sales')), { type: 'saved', sent, stored: { ...setTree(sent, { description: 'by the server' }), version: 4 } });
  expect(named(saved, 'orders')).toBe('Sales');
  expect(saved.history.present).toMatchObject({ description: 'by the server', version: 4 });
  expect(isChanged(saved)).toBe(true);
});

test('the first save of a tree gives it its identity, also for what was done before', () => {
  const start = { ...asNewTree(stored()), uuid: 'tree-9' };
  const edited = reduce(openNew(start, null), rename('value', 'Basket'));
  expect(isChanged(edited)).toBe(true);
  expect(outgoing(edited)).toMatchObject({ uuid: 'tree-9', version: null, slug: null });
  const sent = edited.history.present;
  const saved = reduce(edited, { type: 'saved', sent, stored: { ...sent, uuid: 'tree-9', slug: 'tree', version: 1 } });
  expect(isChanged(saved)).toBe(false);
  expect(outgoing(reduce(saved, { type: 'undo' }))).toMatchObject({ uuid: 'tree-9', version: 1 });
});

test('whatever is chosen in a conflict, undo leads to both', () => {
  const theirs = { ...renameNode(stored(), 'value', 'Theirs'), version: 4 };
  const mine = opened(rename('value', 'Mine'));
  const labels = { theirs: 'Take theirs', doc: 'Take mine' };
  const kept = reduce(mine, { type: 'settled', theirs, doc: { ...mine.history.present }, labels });
  expect([named(kept, 'value'), outgoing(kept).version]).toEqual(['Mine', 4]);
  expect(isChanged(kept)).toBe(true);
  const back = reduce(kept, { type: 'undo' });
  expect([named(back, 'value'), isChanged(back)]).toEqual(['Theirs', false]);
  expect(named(reduce(back, { type: 'undo' }), 'value')).toBe('Mine');
  const taken = reduce(mine, { type: 'settled', theirs, doc: theirs, labels });
  expect([named(taken, 'value'), isChanged(taken)]).toEqual(['Theirs', false]);
  expect(named(reduce(taken, { type: 'undo' }), 'value')).toBe('Mine');
});

test('a tree saved as another one knows nothing of the first', () => {
  const detached = reduce(opened(), { type: 'detached', doc: asNewTree(stored()), label: 'As a new tree' });
  expect(isChanged(detached)).toBe(true);
  expect(outgoing(detached)).toMatchObject({ version: null, slug: null, published: false });
  expect(outgoing(detached).uuid).not.toBe('tree-1');
  expect(outgoing(detached).nodes.map(({ uuid }) => uuid)).not.toContain('u-revenue');
});

const place = { person: 7, tree: 'tree-1' };

test('a draft outlives the page, for its person and its tree', () => {
  const kept: Kept = { base: stored(), draft: renameNode(stored(), 'value', 'Basket'), at: '2026-11-20T10:00:00Z' };
  expect(keep(place, 'a', kept)).toBe(true);
  expect(recallAll(place)).toEqual([{ id: 'a', kept }]);
  expect(recallAll({ person: 8, tree: 'tree-1' })).toEqual([]);
  expect(recallAll({ person: 7, tree: null })).toEqual([]);
  forget(place, 'a');
  expect(recallAll(place)).toEqual([]);
});

test('every tab has a draft of its own, and one that is taken over is nobody else’s', () => {
  const kept = (at: string): Kept => ({ base: null, draft: stored(), at });
  keep(place, 'older', kept('2026-11-20T10:00:00Z'));
  keep(place, 'newer', kept('2026-11-21T10:00:00Z'));
  expect(recallAll(place).map(({ id }) => id)).toEqual(['newer', 'older']);
  const mine = adopt(place, 'older');
  expect(recallAll(place).map(({ id }) => id)).toEqual(['newer', mine]);
  expect(lastOf(place)).toBe(mine);
  window.localStorage.clear();
});

test('the editor goes on with the tab’s own draft, and leaves those that are open elsewhere alone', async () => {
  const kept = (at: string): Kept => ({ base: null, draft: stored(), at });
  keep(place, 'open', kept('2026-11-22T10:00:00Z'));
  keep(place, 'left', kept('2026-11-21T10:00:00Z'));
  keep(place, 'own', kept('2026-11-20T10:00:00Z'));
  const close = answerFor('open');
  const ids = async (wanted: string | null) => {
    const { mine, left, elsewhere } = await findDrafts(place, wanted);
    return [mine?.id, left.map(({ id }) => id), elsewhere];
  };
  expect(await ids(null)).toEqual(['own', ['left'], 1]);
  expect(await ids('left')).toEqual(['left', ['own'], 1]);
  window.sessionStorage.clear();
  expect(await ids('open')).toEqual(['left', ['own'], 1]);
  close();
  expect(await ids('open')).toEqual(['open', ['left', 'own'], 0]);
  window.localStorage.clear();
});

test('where the browser has no room, it says so', () => {
  const full = { setItem: () => { throw new Error('QuotaExceededError'); } } as unknown as Storage;
  expect(keep(place, 'a', { base: null, draft: stored(), at: '' }, { drafts: full, tab: full })).toBe(false);
  window.localStorage.setItem('kpi-draft:7:tree-1:a', 'half a docum');
  expect(recallAll(place)).toEqual([]);
  window.localStorage.clear();
});

test('what was kept comes back as changes that can be undone', () => {
  const kept: Kept = { base: stored(), draft: renameNode(stored(), 'value', 'Basket'), at: '2026-11-20T10:00:00Z' };
  const draft = open(stored(), kept, 'Earlier changes');
  expect(draft.restored).toEqual({ at: kept.at, outdated: false });
  expect([named(draft, 'value'), isChanged(draft)]).toEqual(['Basket', true]);
  expect(isChanged(reduce(draft, { type: 'undo' }))).toBe(false);
  expect(open(stored(), { ...kept, draft: stored() }, '').restored).toBeNull();
  expect(reduce(draft, { type: 'seen' }).restored).toBeNull();
});

test('what was kept of an earlier version is still over that version, so that saving it asks', () => {
  const kept: Kept = { base: { ...stored(), version: 2 }, draft: renameNode(stored(), 'value', 'Basket'), at: '' };
  const draft = open(stored(), kept, '');
  expect(draft.restored?.outdated).toBe(true);
  expect(outgoing(draft).version).toBe(2);
});
