import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLane } from './lane';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const asked: { question: number; answer: (value: string) => void; fail: (why: unknown) => void; signal: AbortSignal }[] = [];
  const told: unknown[] = [];
  const lane = openLane<number, string>(
    (question, signal) => new Promise((answer, fail) => asked.push({ question, answer, fail, signal })),
    (one, last) => told.push([one, last]),
    100,
  );
  const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  return { asked, told, lane, wait };
}

test('of many questions in a moment the last one is asked', async () => {
  const { asked, lane, wait } = setUp();
  for (const question of [1, 2, 3]) {
    lane.put(question);
    await wait(50);
  }
  expect(asked).toEqual([]);
  await wait(50);
  expect(asked.map(({ question }) => question)).toEqual([3]);
});

test('one question at a time: the last one waits for the one under way', async () => {
  const { asked, told, lane, wait } = setUp();
  lane.put(1);
  await wait(100);
  lane.put(2);
  await wait(300);
  lane.put(3);
  await wait(300);
  expect(asked.map(({ question }) => question)).toEqual([1]);
  asked[0]!.answer('one');
  await wait(0);
  expect(told).toEqual([[{ answer: 'one' }, false]]);
  expect(asked.map(({ question }) => question)).toEqual([1, 3]);
  asked[1]!.fail('no');
  await wait(0);
  expect(told[1]).toEqual([{ failure: 'no' }, true]);
});

test('what is cleared is cancelled and never told', async () => {
  const { asked, told, lane, wait } = setUp();
  lane.put(1);
  await wait(100);
  lane.put(2);
  lane.clear();
  expect(asked[0]!.signal.aborted).toBe(true);
  asked[0]!.answer('late');
  await wait(500);
  expect([asked.length, told]).toEqual([1, []]);
  lane.put(4);
  await wait(100);
  expect(asked[1]!.question).toBe(4);
});
