import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import '../../../test/antd';
import { answerWith, posts } from '../../../test/superset-core';
import { readTree, type TreeDoc } from '../draft/document';
import { inReadingOrder, nodeOf } from '../draft/structure';
import { TreeTargets } from './TreeTargets';

afterEach(cleanup);

const tree = readTree({
  name: 'Shop',
  nodes: [
    { key: 'visits', name: 'Visits', source: 'manual' },
    { key: 'revenue', name: 'Revenue', source: 'formula', formula: 'orders' },
    { key: 'orders', name: 'Orders', source: 'manual' },
  ],
  links: [{ parent: 'revenue', child: 'orders' }, { parent: 'revenue', child: 'visits', order: 1 }] as never,
});
const quarter = (name: string, start: string, end: string) => ({ name, start, end, last_year: null });
const year = {
  year: { name: '2026', since: '2026-01-01', until: '2027-01-01' },
  periods: [quarter('H1', '2026-01-01', '2026-07-01'), quarter('H2', '2026-07-01', '2027-01-01')],
};

it('reads a tree from its goal downwards', () => {
  expect(inReadingOrder(tree).map(({ key }) => key)).toEqual(['revenue', 'orders', 'visits']);
});

describe('TreeTargets', () => {
  it('asks the server for all that is typed, and makes one edit of the answer', async () => {
    answerWith(async ({ jsonPayload }) => {
      const { fills } = jsonPayload as { fills: Record<string, unknown> };
      const nodes = Object.fromEntries(Object.keys(fills).map(key => [key, { last_year: [1, 2], reasons: [null, null], proposed: [11, null] }]));
      return { json: { result: { ...year, nodes } } };
    });
    const onChange = vi.fn();
    const onClose = vi.fn();
    render(<TreeTargets doc={tree} onChange={onChange} onClose={onClose} />);
    const orders = await screen.findByLabelText('Growth of Orders in percent');
    expect(screen.queryByLabelText('Growth of Revenue in percent')).toBeNull();
    fireEvent.change(orders, { target: { value: '10' } });
    fireEvent.click(await screen.findByText('Fill 2026'));
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect(onChange).toHaveBeenCalledTimes(1);
    expect((posts[1]!.jsonPayload as { fills: object }).fills).toEqual({ orders: { how: 'grow', percent: 10 } });
    const [change] = onChange.mock.calls[0] as [(doc: TreeDoc) => TreeDoc];
    expect(nodeOf(change(tree), 'orders')?.targets).toMatchObject([{ start: '2026-01-01', end: '2026-07-01', value: 11 }]);
    expect(nodeOf(change(tree), 'visits')).toBe(nodeOf(tree, 'visits'));
  });
});
