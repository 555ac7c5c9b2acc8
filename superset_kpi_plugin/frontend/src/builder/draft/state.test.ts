import { expect, test } from 'vitest';
import { treeOf } from '../../../test/drafts';
import { asNewTree } from './branch';
import type { TreeDoc } from './document';
import { renameNode, setTree } from './edits';
import { forget, keep, recall, type Kept } from './kept';
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
  expect(keep(place, kept)).toBe(true);
  expect(recall(place)).toEqual(kept);
  expect(recall({ person: 8, tree: 'tree-1' })).toBeNull();
  expect(recall({ person: 7, tree: null })).toBeNull();
  forget(place);
  expect(recall(place)).toBeNull();
});

test('where the browser has no room, it says so', () => {
  const full = { setItem: () => { throw new Error('QuotaExceededError'); } } as unknown as Storage;
  expect(keep(place, { base: null, draft: stored(), at: '' }, full)).toBe(false);
  window.localStorage.setItem('kpi-draft:7:tree-1', 'half a docum');
  expect(recall(place)).toBeNull();
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
