import type { Counts, ResultPlace } from '../../facts/batch-records.ts';
import { createDeadline } from '../invocation/deadline.ts';
import type { ServiceError } from '../invocation/service-error.ts';
import type { ClassifyPhotos, PhotoOutcome, PhotoOutcomes } from './classify-photos.ts';
import { countOutcomes } from './count-outcomes.ts';
import { isNoPhoto, nameReference, type PhotoReference } from './photo-reference.ts';
import { toFailure } from './to-failure.ts';
import { dayOf, type WriteResults } from './write-results.ts';

export interface RunBatchParts {
  readonly classifyPhotos: ClassifyPhotos;
  readonly writeResults: WriteResults;
  /** Where the function itself writes. */
  readonly ownPlaces: readonly ResultPlace[];
  readonly deadlineMarginInMilliseconds: number;
}

export interface RunBatchOptions {
  /** When the runtime gives up, in milliseconds since the epoch. */
  readonly deadlineAt: number;
  /** The day that the file lies under; today unless given. */
  readonly date?: string | undefined;
}

export interface FinishedBatch {
  /** What became of a photo; undefined of one that was skipped. */
  readonly outcomeOf: (photo: PhotoReference) => PhotoOutcome | undefined;
  readonly outcomes: readonly PhotoOutcome[];
  /** Of those that are not done, why. */
  readonly failures: readonly ServiceError[];
  readonly counts: Counts;
  /** The key of the file, where one was written. */
  readonly file: string | undefined;
}

/** Never rejects: where the file can't be written, nothing is done. */
export type RunBatch = (photos: readonly PhotoReference[], options: RunBatchOptions) => Promise<FinishedBatch>;

/** For the file, with another attempt. */
const mostTimeToWriteInMilliseconds = 4_000;

/** The photos of one event: classified until it is time to write, then written as one file. */
export function createRunBatch(parts: RunBatchParts): RunBatch {
  const { classifyPhotos, writeResults, ownPlaces, deadlineMarginInMilliseconds } = parts;
  return async (photos, { deadlineAt, date }) => {
    const beganAt = Date.now();
    const writtenBy = deadlineAt - deadlineMarginInMilliseconds / 2;
    const timeToWrite = Math.min(mostTimeToWriteInMilliseconds, (writtenBy - beganAt) / 4);
    const wanted = photos.filter((photo) => !isNoPhoto(photo, ownPlaces));

    const inTime = createDeadline(writtenBy - timeToWrite);
    const classified = await classifyPhotos(wanted, inTime).finally(() => inTime.release());
    const records = [...classified.values()].flatMap((outcome) => (outcome.kind === 'done' ? [outcome.record] : []));
    const toWrite = createDeadline(writtenBy);
    try {
      const file = await writeResults(date ?? dayOf(new Date()), records, toWrite.signal);
      return finish(classified, file);
    } catch (error) {
      const failure = toFailure(error);
      return finish(new Map([...classified.keys()].map((name) => [name, { kind: 'not-done', failure }])), undefined);
    } finally {
      toWrite.release();
    }

    function finish(outcomes: PhotoOutcomes, file: string | undefined): FinishedBatch {
      const all = [...outcomes.values()];
      const durationMs = Date.now() - beganAt;
      return {
        outcomeOf: (photo) => outcomes.get(nameReference(photo)),
        outcomes: all,
        failures: all.flatMap((outcome) => (outcome.kind === 'not-done' ? [outcome.failure] : [])),
        counts: countOutcomes(all, { skipped: photos.length - wanted.length, durationMs }),
        file,
      };
    }
  };
}
