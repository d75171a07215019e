import { Worker } from 'node:worker_threads';
import { createPool } from '../../model/pool.ts';
import type { HeadData } from '../head/linear-head.ts';
import { doJob, type LearningJob, type LearningResult, type ResultOf } from './learning-job.ts';
import type { LearningThreadSettings } from './learning-thread.ts';

/** Learns from the same data, several jobs at a time where it has threads; the numbers are the same. */
export interface Learner {
  run<Job extends LearningJob>(job: Job): Promise<ResultOf<Job>>;
  close(): Promise<void>;
}

/** More jobs than a training ever has at a time. */
const maximumWaiting = 1000;
/** A job on fewer is done before a thread has started. */
const fewestNumbers = 1_000_000;

/**
 * @param threads how many; the matrix must have been made for one more
 * @param fewestForThreads numbers in the matrix: with fewer, all is done in this thread
 */
export function openLearner(
  data: HeadData,
  threads: number,
  { fewestForThreads = fewestNumbers }: { readonly fewestForThreads?: number } = {},
): Learner {
  const { matrix, ...rest } = data;
  if (threads < 2 || matrix.rows * matrix.features < fewestForThreads) {
    return {
      run: async <Job extends LearningJob>(job: Job) => doJob(data, job) as ResultOf<Job>,
      close: async () => undefined,
    };
  }
  let started = 0;
  const pool = createPool<undefined, LearningJob, LearningResult>({
    threads,
    maximumWaiting,
    startThread: () => {
      const workerData: LearningThreadSettings = { ...rest, matrix: matrix.shared, thread: (started++ % threads) + 1 };
      return new Worker(new URL('./learning-thread.ts', import.meta.url), { workerData });
    },
  });
  return {
    run: <Job extends LearningJob>(job: Job) => pool.inTurn((run) => run(job) as Promise<ResultOf<Job>>),
    close: () => pool.close(0),
  };
}
