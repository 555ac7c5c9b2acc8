import { expect, test } from 'vitest';
import { answerWith, posts } from '../../test/superset-core';
import { ApiError, evaluate } from './client';

const rejected = (status: number, body: unknown) => () =>
  Promise.reject({ status, statusText: 'Oh', json: () => (body instanceof Error ? Promise.reject(body) : Promise.resolve(body)) });
const call = () => evaluate('tree/1', { time_range: 'Last week' }, new AbortController().signal);

test('posts the request to the tree and gives its result', async () => {
  answerWith(() => Promise.resolve({ json: { result: { tree: 'x' } } }));
  expect(await call()).toEqual({ tree: 'x' });
  expect(posts[0]).toMatchObject({ endpoint: '/api/v1/kpi_tree/tree%2F1/evaluate', jsonPayload: { time_range: 'Last week' } });
});

test.each([
  [404, { message: 'Not found' }, 'hidden', 'Not found'],
  [403, { message: 'Forbidden' }, 'hidden', 'Forbidden'],
  [500, { message: 'Fatal' }, 'failed', 'Fatal'],
  [400, { message: { time_range: ['Not a range.', 'At all.'] } }, 'failed', 'time_range: Not a range. At all.'],
  [502, new Error('not JSON'), 'failed', '502 Oh'],
])('%d with %j is %s: %s', async (status, body, kind, message) => {
  answerWith(rejected(status, body));
  await expect(call()).rejects.toMatchObject({ kind, message });
});

test('a network failure leaves the words to the chart, which knows the language', async () => {
  answerWith(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(call()).rejects.toEqual(new ApiError('failed', ''));
});
