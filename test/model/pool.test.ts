import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '../../model/pool.ts';
import type { TestJob } from './pool/test-thread.ts';

type TestPool = Pool<{ thread: number }, TestJob, number>;

const pools: TestPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close(0)));
});

function openPool(threads: number, { maximumWaiting = 100, startThread = startTestThread } = {}): TestPool {
  const pool: TestPool = createPool({ threads, maximumWaiting, startThread });
  pools.push(pool);
  return pool;
}

function startTestThread(workerData?: string): Worker {
  return new Worker(new URL('./pool/test-thread.ts', import.meta.url), { workerData });
}

/** A job that holds its thread until it is let go. */
function openGate() {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  return {
    job: { do: 'wait', flags } satisfies TestJob,
    begun: async () => {
      await Atomics.waitAsync(flags, 1, 0).value;
    },
    letGo: () => {
      Atomics.store(flags, 0, 1);
      Atomics.notify(flags, 0);
    },
  };
}

const ask = (pool: TestPool, job: TestJob, signal?: AbortSignal) => pool.inTurn((run) => run(job), signal);

describe('a pool', () => {
  it('says what its first thread said of itself', async () => {
    const pool = openPool(2);

    expect(await pool.facts()).toEqual({ thread: expect.any(Number) });
  });

  it('works on as many jobs at a time as it has threads', async () => {
    const pool = openPool(2);
    const gates = [openGate(), openGate()];
    const answers = gates.map(({ job }) => ask(pool, job));

    await Promise.all(gates.map(({ begun }) => begun()));
    for (const { letGo } of gates) letGo();

    const [one, other] = await Promise.all(answers);

    expect(one).not.toBe(other);
  });

  it('begins jobs in the order in which they came', async () => {
    const pool = openPool(1);
    const begun: number[] = [];
    const numbers = [0, 1, 2, 3, 4];

    await Promise.all(
      numbers.map((number) =>
        pool.inTurn((run) => {
          begun.push(number);
          return run({ do: 'answer' });
        }),
      ),
    );

    expect(begun).toEqual(numbers);
  });

  it('ends a job that throws with what it threw, and no other', async () => {
    const pool = openPool(1);

    const outcomes = await Promise.allSettled([
      ask(pool, { do: 'answer' }),
      ask(pool, { do: 'throw', message: 'no such photo' }),
      ask(pool, { do: 'answer' }),
    ]);

    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { message: 'no such photo', stack: expect.stringContaining('test-thread') } },
      { status: 'fulfilled' },
    ]);
  });

  it.each([
    ['exits', { do: 'die' }, 'A worker thread ended with code 7.'],
    ['throws outside of its job', { do: 'fault' }, 'A worker thread ended with code 1: outside of any job'],
  ] as const)('replaces a thread that %s; the job that it had ends with an error', async (_what, job, message) => {
    const pool = openPool(1);
    const before = await ask(pool, { do: 'answer' });

    const [lost, next] = await Promise.allSettled([ask(pool, job), ask(pool, { do: 'answer' })]);

    expect(lost).toMatchObject({ status: 'rejected', reason: { name: 'PoolError', reason: 'ended', message } });
    expect(next).toMatchObject({ status: 'fulfilled' });
    expect(next.status === 'fulfilled' && next.value).not.toBe(before);
  });

  it('refuses a job that cannot be handed over, and keeps the thread', async () => {
    const pool = openPool(1);
    const unfit = { do: 'throw', message: (() => undefined) as unknown as string } as const;

    await expect(ask(pool, unfit)).rejects.toThrow('could not be cloned');
    expect(await ask(pool, { do: 'answer' })).toEqual(expect.any(Number));
  });

  it('refuses a job more than may wait', async () => {
    const pool = openPool(1, { maximumWaiting: 1 });
    const gate = openGate();
    const first = ask(pool, gate.job);
    await gate.begun();
    const second = ask(pool, { do: 'answer' });

    await expect(ask(pool, { do: 'answer' })).rejects.toMatchObject({ name: 'PoolError', reason: 'full' });

    gate.letGo();

    expect(await first).toBe(await second);
  });

  it('lets a job leave the queue when its signal fires', async () => {
    const pool = openPool(1);
    const gate = openGate();
    const first = ask(pool, gate.job);
    await gate.begun();
    const gone = new AbortController();
    const second = ask(pool, { do: 'answer' }, gone.signal);
    const third = ask(pool, { do: 'answer' });

    gone.abort(new Error('nobody waits'));

    await expect(second).rejects.toThrow('nobody waits');

    gate.letGo();

    expect(await third).toBe(await first);
  });
});

describe('a pool whose threads cannot start', () => {
  it('says why, in the words of the thread, to everyone who waits', async () => {
    const pool = openPool(2, { startThread: () => startTestThread('unable') });

    const outcomes = await Promise.allSettled([pool.facts(), ask(pool, { do: 'answer' })]);

    const reason = { reason: 'unable', message: 'This directory has no card.json.', hint: /import/ };
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { ...reason, hint: expect.stringMatching(reason.hint) } });
    }
  });

  it('tries again at the next question', async () => {
    let starts = 0;
    const pool = openPool(1, { startThread: () => startTestThread(starts++ === 0 ? 'unable' : undefined) });

    await expect(pool.facts()).rejects.toMatchObject({ reason: 'unable' });
    expect(await ask(pool, { do: 'answer' })).toEqual(expect.any(Number));
  });

  it('goes on with those that could', async () => {
    let starts = 0;
    const pool = openPool(2, { startThread: () => startTestThread(starts++ === 0 ? 'unable' : undefined) });

    const answers = await Promise.all([1, 2, 3].map(() => ask(pool, { do: 'answer' })));

    expect(new Set(answers).size).toBe(1);
    expect(starts).toBe(2);
  });
});

describe('a pool that is closed', () => {
  it('lets the jobs finish that it has, waiting ones too, and takes no more', async () => {
    const pool = openPool(1);
    const gate = openGate();
    const having = [ask(pool, gate.job), ask(pool, { do: 'answer' })];
    await gate.begun();

    const closing = pool.close(60_000);

    await expect(ask(pool, { do: 'answer' })).rejects.toMatchObject({ reason: 'closed' });

    gate.letGo();
    await closing;

    expect(await Promise.all(having)).toHaveLength(2);
  });

  it('ends those that take too long', async () => {
    const pool = openPool(1);
    const gate = openGate();
    const having = Promise.allSettled([ask(pool, gate.job), ask(pool, { do: 'answer' })]);
    await gate.begun();

    await pool.close(0);

    expect(await having).toMatchObject([{ reason: { reason: 'ended' } }, { reason: { reason: 'closed' } }]);
  });
});
