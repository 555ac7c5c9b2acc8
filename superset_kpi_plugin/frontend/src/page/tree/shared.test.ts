import { expect, test } from 'vitest';
import type { Memory } from '../../view/memory';
import { readAsked, readPicture, writeShared, type Asked } from './shared';

const ASKED: Asked = { period: '2026-09-01', range: '', asOf: '2026-10-20', compare: 'previous_year' };

test('a link carries the window and the picture', () => {
  const memory: Memory = {
    choice: 'auto', kind: 'outline', by: 'region', branch: 'orders', panel: { tab: 'contributions', selected: 'visits' },
    filter: { statuses: ['at_risk'], owners: [], departments: ['Sales'] }, overrides: { orders: { actual: { percent: 5 } } },
  };
  const link = writeShared(ASKED, memory);
  expect(readAsked(link)).toEqual(ASKED);
  expect(readPicture(link)).toEqual(memory);
});

test('a time range goes before a period, as the server takes only one of them', () => {
  const asked = readAsked('?period=2026-09-01&time_range=Last+30+days');
  expect(asked).toMatchObject({ period: '', range: 'Last 30 days' });
  expect(writeShared({ ...asked, period: '2026-09-01' }, {})).toBe('?time_range=Last+30+days');
});

test('a tree as it opens needs no parameters', () => {
  expect(writeShared({ period: '', range: '', asOf: '', compare: 'previous_period' }, { overrides: {}, panel: { tab: null, selected: null } })).toBe('');
});

test('what somebody has typed wrongly is left out', () => {
  expect(readAsked('?as_of=soon&compare=never')).toEqual({ period: '', range: '', asOf: '', compare: 'previous_period' });
  expect(readPicture('?layout=round&tab=all&only=[&suppose=[1]')).toEqual({ choice: 'auto' });
  expect(readPicture('?only={"statuses":7,"owners":["Ada"]}').filter).toEqual({ statuses: [], owners: ['Ada'], departments: [] });
});
