import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import React from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import '../../../test/antd';
import { answerWith, posts } from '../../../test/superset-core';
import { readTree } from '../draft/document';
import { nodeOf } from '../draft/structure';
import { forMember } from './members';
import { WHOLE } from './rows';
import { WhoseField } from './WhoseField';

afterEach(cleanup);

const metric = { dataset_uuid: 'd', metric_name: 'orders', filters: [], time_column: null, empty: 'missing' as const };
const tree = readTree({
  nodes: [{ key: 'orders', name: 'Orders', metric }, { key: 'value', name: 'Value', metric: { ...metric, dataset_uuid: 'e' } }],
});

it('reads a member’s own rows beside its targets', () => {
  const filters = nodeOf(forMember(tree, { dimension: 'region', member: 'North' }), 'orders')!.metric;
  expect(filters).toMatchObject({ filters: [{ subject: 'region', operator: '==', comparator: 'North' }] });
  expect(forMember(tree, WHOLE)).toBe(tree);
});

it('offers the columns of the node’s datasets, and the members that the server knows', async () => {
  answerWith(async ({ endpoint }) => {
    if (endpoint.includes('/metrics/')) return { json: { count: 1, result: [{ dataset_id: 7, metric_name: 'orders' }] } };
    if (endpoint.includes('/dataset/7')) {
      const column = (column_name: string, groupby: boolean, is_dttm = false) => ({ column_name, verbose_name: null, type: null, groupby, is_dttm });
      return { json: { result: { columns: [column('region', true), column('day', true, true), column('amount', false)] } } };
    }
    return { json: { result: { evaluation: { by: { members: ['North', 'South', null] } }, errors: {}, findings: [] } } };
  });
  const onChange = vi.fn();
  render(<WhoseField doc={tree} node={nodeOf(tree, 'orders')!} whose={WHOLE} onChange={onChange} />);
  fireEvent.click(screen.getByText('Targets of a member'));
  await waitFor(() => expect(document.querySelector('.ant-select-loading')).toBeNull());
  fireEvent.mouseDown(document.querySelector('[data-test="kpi-whose-dimension"] .ant-select-selector')!);
  fireEvent.click((await screen.findAllByTitle('region'))[0]!);
  expect(screen.queryByTitle('day')).toBeNull();
  const member = screen.getAllByLabelText('Member').find(one => one.tagName === 'INPUT')!;
  fireEvent.mouseDown(member);
  fireEvent.change(member, { target: { value: 'nor' } });
  const option = () => screen.getAllByText('North').find(one => one.className.includes('option-content'))!;
  await waitFor(() => expect(option()).toBeDefined());
  fireEvent.click(option());
  expect(onChange).toHaveBeenCalledWith({ dimension: 'region', member: 'North' });
  expect(posts[posts.length - 1]!.jsonPayload).toMatchObject({ by: 'region' });
});
