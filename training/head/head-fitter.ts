import { Worker } from 'node:worker_threads';
import { createPool } from '../../model/pool.ts';
import { fitHead, type HeadJob } from './fit-head.ts';
import type { HeadThreadSettings } from './head-thread.ts';
import type { FittedHead, HeadData } from './linear-head.ts';

/** Fits heads on the same data, several at a time where it has threads; the numbers are the same. */
export interface HeadFitter {
  fit(job: HeadJob): Promise<FittedHead>;
  close(): Promise<void>;
}

/** More jobs than a training ever has at a time. */
const maximumWaiting = 1000;
/** A fit on fewer is done before a thread has started. */
const fewestNumbers = 1_000_000;

/**
 * @param threads how many; the matrix must have been made for one more
 * @param fewestForThreads numbers in the matrix: with fewer, all is done in this thread
 */
export function openHeadFitter(
  data: HeadData,
  threads: number,
  { fewestForThreads = fewestNumbers }: { readonly fewestForThreads?: number } = {},
): HeadFitter {
  const { matrix, ...rest } = data;
  if (threads < 2 || matrix.rows * matrix.features < fewestForThreads) {
    return { fit: async (job) => fitHead(data, job), close: async () => undefined };
  }
  let started = 0;
  const pool = createPool<undefined, HeadJob, FittedHead>({
    threads,
    maximumWaiting,
    startThread: () => {
      const workerData: HeadThreadSettings = { ...rest, matrix: matrix.shared, thread: (started++ % threads) + 1 };
      return new Worker(new URL('./head-thread.ts', import.meta.url), { workerData });
    },
  });
  return { fit: (job) => pool.inTurn((run) => run(job)), close: () => pool.close(0) };
}
