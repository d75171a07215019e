import { parentPort, workerData } from 'node:worker_threads';
import { FeatureMatrix, type SharedMatrix } from '../../model/calibration/feature-matrix.ts';
import { answerJobs, type Prepared } from '../../model/pool/answer-jobs.ts';
import type { HeadData } from '../head/linear-head.ts';
import { doJob, type LearningJob, type LearningResult } from './learning-job.ts';

/** What a thread that learns is started with. */
export interface LearningThreadSettings extends Omit<HeadData, 'matrix'> {
  readonly matrix: SharedMatrix;
  /** Which of the matrix's threads it is. */
  readonly thread: number;
}

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await answerJobs(parentPort, prepare);

async function prepare(): Promise<Prepared<undefined, LearningJob, LearningResult>> {
  const { matrix, thread, ...rest } = workerData as LearningThreadSettings;
  const data = { ...rest, matrix: FeatureMatrix.open(matrix, thread) };
  return { facts: undefined, answer: async (job) => doJob(data, job) };
}
