import { type CalibratedUnfamiliarity, calibrateOnRows, type UnfamiliarityJob } from '../calibrate-on-rows.ts';
import { fitHead, type HeadJob } from '../head/fit-head.ts';
import type { FittedHead, HeadData } from '../head/linear-head.ts';

/** What takes a while to be learned from the rows of a matrix; fit for a structured clone, as its result is. */
export type LearningJob = HeadJob | UnfamiliarityJob;

export type LearningResult = FittedHead | CalibratedUnfamiliarity;

/** The kind of a job says which result it has. */
export type ResultOf<Job extends LearningJob> = Job extends HeadJob ? FittedHead : CalibratedUnfamiliarity;

export function doJob(data: HeadData, job: LearningJob): LearningResult {
  return job.kind === 'unfamiliarity' ? calibrateOnRows(data, job) : fitHead(data, job);
}
