import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { runJobs } from '../../../model/pool/run-jobs.ts';
import type { TestJob } from './test-thread.ts';

const answer: TestJob = { do: 'answer' };

function startTestThread(workerData?: string): Worker {
  return new Worker(new URL('./test-thread.ts', import.meta.url), { workerData });
}

/** Runs jobs, and says what came of them, by the job's place, and which threads were started. */
async function run(jobs: readonly TestJob[], { threads = 2, words = '' as string | undefined } = {}) {
  const said: string[] = [];
  const results = new Map<number, number>();
  const started: Worker[] = [];
  const done = runJobs<{ thread: number }, TestJob, number>(jobs, {
    threads,
    startThread: () => {
      const worker = startTestThread(words);
      started.push(worker);
      return worker;
    },
    onFacts: () => said.push('facts'),
    onResult: (result, index) => {
      said.push('result');
      results.set(index, result);
    },
  });
  const [outcome] = await Promise.allSettled([done]);
  return { said, results, started, error: outcome.status === 'rejected' ? outcome.reason : undefined };
}

describe('jobs that are worked off', () => {
  it('all come back, each by its place, after what the first thread said of itself', async () => {
    const { said, results, error } = await run(Array<TestJob>(7).fill(answer));

    expect(error).toBeUndefined();
    expect(said).toEqual(['facts', ...Array(7).fill('result')]);
    expect([...results.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('start as many threads as they may, and leave none behind', async () => {
    const { started } = await run([answer], { threads: 3 });

    expect(started).toHaveLength(3);
    // Of a thread that has ended.
    expect(started.map(({ threadId }) => threadId)).toEqual([-1, -1, -1]);
  });

  it('say of themselves what the threads do where there are none', async () => {
    const { said, error } = await run([]);

    expect({ said, error }).toEqual({ said: ['facts'], error: undefined });
  });
});

describe('a failure of jobs', () => {
  it('is that of a job as it was thrown', async () => {
    const { error, started } = await run([answer, { do: 'throw', message: 'of this job' }, answer], { threads: 1 });

    expect(error).toMatchObject({ message: 'of this job' });
    expect(started[0]?.threadId).toBe(-1);
  });

  it('is that of a thread in the thread’s own words, hint included', async () => {
    const { error } = await run([answer], { words: 'unable' });

    expect(error).toMatchObject({ name: 'ThreadError', message: 'This directory has no card.json.' });
    expect(error.hint).toMatch(/import/);
  });

  it('has no hint where the thread has none', async () => {
    const { error } = await run([answer], { words: 'broken' });

    expect(error).toMatchObject({ name: 'Error', message: 'no work of mine' });
    expect(error).not.toHaveProperty('hint');
    expect(error.stack).toContain('test-thread.ts');
  });

  it('is what a thread died of', async () => {
    const { error } = await run([{ do: 'fault' }], { threads: 1 });

    expect(error).toMatchObject({ message: 'outside of any job' });
  });

  it('is that of a callback', async () => {
    const jobs = runJobs([answer], {
      threads: 1,
      startThread: startTestThread,
      onResult: () => {
        throw new RangeError('no room for it');
      },
    });

    await expect(jobs).rejects.toThrow('no room for it');
  });
});
