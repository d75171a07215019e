import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryQueue } from '../../../bench/stream/memory-queue.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bodiesOf = (messages: readonly { readonly Body: string }[]) => messages.map(({ Body }) => Body);

describe('a queue in memory', () => {
  it('hides what was received until its visibility timeout is over', async () => {
    const queue = new MemoryQueue(1_000);
    await queue.send(['a']);

    expect(bodiesOf(await queue.receive())).toEqual(['a']);
    expect(await queue.count()).toEqual({ visible: 0, held: 1 });
    expect(await queue.receive()).toEqual([]);

    vi.advanceTimersByTime(1_001);

    expect(await queue.receive()).toMatchObject([{ Body: 'a', Attributes: { ApproximateReceiveCount: '2' } }]);
  });

  it('removes nothing by the handle of an earlier time', async () => {
    const queue = new MemoryQueue(1_000);
    await queue.send(['a']);
    const first = await queue.receive();
    vi.advanceTimersByTime(1_001);
    const second = await queue.receive();

    await queue.remove(first);
    expect(await queue.count()).toEqual({ visible: 0, held: 1 });

    await queue.remove(second);
    expect(await queue.count()).toEqual({ visible: 0, held: 0 });
  });

  it('gives a message up after so many times', async () => {
    const deadLetters = new MemoryQueue(1_000);
    const queue = new MemoryQueue(1_000, { deadLetters, maximumReceives: 2 });
    await queue.send(['poison', 'good']);

    await queue.remove((await queue.receive()).filter(({ Body }) => Body === 'good'));
    for (let times = 0; times < 2; times++) {
      vi.advanceTimersByTime(1_001);
      await queue.receive();
    }

    expect(await queue.count()).toEqual({ visible: 0, held: 0 });
    expect(bodiesOf(await deadLetters.receive())).toEqual(['poison']);
  });
});
