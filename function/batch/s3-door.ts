import type { BatchDoor } from './batch-door.ts';
import { readS3Event } from './read-s3-event.ts';
import type { RunBatch } from './run-batch.ts';

/** An event of S3's, straight or by EventBridge, without a queue: it fails as a whole where one photo is not done, and Lambda tries again. */
export function createS3Door(runBatch: RunBatch): BatchDoor {
  return {
    name: 's3',
    accepts: (event) => readS3Event(event) !== undefined,
    async answer(event, { deadlineAt, note }) {
      const batch = await runBatch(readS3Event(event) ?? [], { deadlineAt });
      note(batch);
      const [failure] = batch.failures;
      if (failure !== undefined) throw failure;
      return { Counts: batch.counts };
    },
  };
}
