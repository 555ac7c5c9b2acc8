import { expect, test } from 'vitest';
import { link, node, result, sample } from '../../test/sample';
import type { History, Status } from '../api/types';
import { buildOutline, type Item } from './outline';
import { behindSince, foldAllBut, holdingBack, offTrack } from './trouble';

const tree = {
  root: 'goal',
  nodes: ['goal', 'a', 'b', 'c', 'deep', 'idle'].map(key => node(key)),
  links: [
    link('goal', 'a', 0, '+'), link('goal', 'b', 1, '+'), link('goal', 'c', 2, '+'), { ...link('goal', 'idle', 3), weight: 0 },
    link('b', 'deep', 0, '+'), link('c', 'deep', 0, '+'),
  ],
};
const outline = buildOutline(tree);
const keys = (items: Item[]) => items.map(item => item.node.key);
const results = {
  goal: result('at_risk', { pace: 0.9 }),
  a: result('at_risk', { pace: 0.5 }),
  b: result('on_track', { pace: 1 }),
  c: result('off_track', { pace: 0.7 }),
  deep: result('at_risk', { pace: 0.85 }),
  idle: result('off_track', { pace: 0.1 }),
};

test('the worst status goes before the lowest pace, along the path, through a node of several parents', () => {
  expect(keys(holdingBack(outline, results))).toEqual(['c', 'deep']);
  const alike = { ...results, c: result('at_risk', { pace: 0.7 }) };
  expect(keys(holdingBack(outline, alike))).toEqual(['a']);
});

test('a driver without weight holds nothing back, nor does one that is well or unknown', () => {
  const well = { ...results, a: result('achieved'), c: result('no_data') };
  expect(holdingBack(outline, well)).toEqual([]);
  expect(holdingBack(buildOutline(sample().tree), {})).toEqual([]);
});

const history = (statuses: Status[]): History => ({
  periods: statuses.map((_, index) => ({ since: `2026-0${index + 1}-01`, until: '', as_of: '', closed: true, name: null })),
  nodes: { goal: { actual: [], target: [], attainment: [], reason: [], status: statuses } },
});

test('tells since when without a break, and whether it may be longer', () => {
  expect(behindSince(history(['off_track', 'on_track', 'at_risk', 'off_track']), 'goal')).toMatchObject({
    since: { since: '2026-03-01' }, periods: 2, longer: false,
  });
  expect(behindSince(history(['at_risk', 'off_track']), 'goal')).toMatchObject({ periods: 2, longer: true });
  expect(behindSince(history(['off_track', 'on_track']), 'goal')).toBeNull();
  expect(behindSince(history(['off_track', 'no_data']), 'goal')).toBeNull();
  expect(behindSince(null, 'goal')).toBeNull();
});

test('opens the paths to what is off track and nothing else; where nothing is, to what is at risk', () => {
  expect(keys(offTrack(outline, results))).toEqual(['c', 'idle']);
  expect([...foldAllBut(outline, offTrack(outline, results))]).toEqual(['b', 'c']);
  const risky = { ...results, c: result('on_track'), idle: result('on_track') };
  expect(keys(offTrack(outline, risky))).toEqual(['goal', 'a', 'deep']);
  expect([...foldAllBut(outline, [outline.byKey.get('deep')!])]).toEqual(['c']);
});
