import type { Worker } from 'node:worker_threads';
import { createPool } from '../pool.ts';
import { PoolError } from './pool-error.ts';

export interface RunJobsOptions<Facts, Result> {
  /** How many threads at most, from 1. */
  readonly threads: number;
  /** Starts a worker thread whose module calls `answerJobs`. */
  readonly startThread: () => Worker;
  /** Called once, before the first result, with what the first thread to be ready says of itself. */
  readonly onFacts?: (facts: Facts) => void;
  /** Called for each job as soon as it is done, in any order, with the job's place among them. */
  readonly onResult: (result: Result, index: number) => void;
}

/**
 * Works all jobs off in a pool of their own, which lasts no longer than they do. The first job that fails ends them all.
 * @throws what a job, a thread or a callback failed with, as it said so itself: a pool's own words are for a service that goes on
 */
export async function runJobs<Facts, Job, Result>(
  jobs: readonly Job[],
  { threads, startThread, onFacts, onResult }: RunJobsOptions<Facts, Result>,
): Promise<void> {
  const pool = createPool<Facts, Job, Result>({ threads, maximumWaiting: threads, startThread });
  const queue = jobs.entries();
  const workOff = async () => {
    for (const [index, job] of queue) onResult(await pool.inTurn((run) => run(job)), index);
  };
  try {
    const facts = await pool.facts();
    onFacts?.(facts);
    await Promise.all(Array.from({ length: threads }, workOff));
  } catch (error) {
    throw error instanceof PoolError && error.cause instanceof Error ? error.cause : error;
  } finally {
    await pool.close(0);
  }
}
