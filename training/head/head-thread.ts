import { parentPort, workerData } from 'node:worker_threads';
import { FeatureMatrix, type SharedMatrix } from '../../model/calibration/feature-matrix.ts';
import { answerJobs, type Prepared } from '../../model/pool/answer-jobs.ts';
import { fitHead, type HeadJob } from './fit-head.ts';
import type { FittedHead, HeadData } from './linear-head.ts';

/** What a thread that fits heads is started with. */
export interface HeadThreadSettings extends Omit<HeadData, 'matrix'> {
  readonly matrix: SharedMatrix;
  /** Which of the matrix's threads it is. */
  readonly thread: number;
}

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await answerJobs(parentPort, prepare);

async function prepare(): Promise<Prepared<undefined, HeadJob, FittedHead>> {
  const { matrix, thread, ...rest } = workerData as HeadThreadSettings;
  const data = { ...rest, matrix: FeatureMatrix.open(matrix, thread) };
  return { facts: undefined, answer: async (job) => fitHead(data, job) };
}
