import { fieldsOf } from '../doors/http-event.ts';
import type { BatchDoor } from './batch-door.ts';
import type { PhotoOutcome } from './classify-photos.ts';
import { type PhotoReference, unescapeKey } from './photo-reference.ts';
import { toReference } from './read-s3-event.ts';
import type { RunBatch } from './run-batch.ts';

/**
 * A request of S3 Batch Operations: one object a call, whose bucket is an ARN in schema 1.0 and a name in 2.0. A photo that
 * can't be read has succeeded, for it has a record; the words of the result stand in the job's report.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html)
 */
export function createOperationsDoor(runBatch: RunBatch): BatchDoor {
  return {
    name: 'operations',
    accepts: (event) => Array.isArray(fieldsOf(event).tasks) && 'invocationSchemaVersion' in fieldsOf(event),
    async answer(event, { deadlineAt, note }) {
      const { invocationSchemaVersion, invocationId, tasks } = fieldsOf(event);
      const asked = (tasks as readonly unknown[]).map((task) => ({
        taskId: fieldsOf(task).taskId,
        photo: toPhoto(task),
      }));
      const batch = await runBatch(
        asked.flatMap(({ photo }) => (photo === undefined ? [] : [photo])),
        { deadlineAt },
      );
      note(batch);
      return {
        invocationSchemaVersion,
        // Of a task without a result: none is.
        treatMissingKeysAs: 'TemporaryFailure',
        invocationId,
        results: asked.map(({ taskId, photo }) => ({
          taskId,
          ...(photo === undefined
            ? { resultCode: 'PermanentFailure', resultString: 'The task names no object.' }
            : toResult(batch.outcomeOf(photo))),
        })),
      };
    },
  };
}

function toPhoto(task: unknown): PhotoReference | undefined {
  const { s3Key: key, s3VersionId: version, s3BucketArn: arn, s3Bucket } = fieldsOf(task);
  const bucket = typeof arn === 'string' ? arn.split(':').at(-1) : s3Bucket;
  if (typeof key !== 'string' || key === '' || typeof bucket !== 'string' || bucket === '') return undefined;
  return toReference(bucket, unescapeKey(key), { version });
}

function toResult(outcome: PhotoOutcome | undefined) {
  if (outcome === undefined) return { resultCode: 'Succeeded', resultString: 'no photo' };
  if (outcome.kind === 'not-done') return { resultCode: 'TemporaryFailure', resultString: outcome.failure.code };
  const { record } = outcome;
  if ('error' in record) return { resultCode: 'Succeeded', resultString: record.error.code };
  const { label, probability, verdict } = record;
  return { resultCode: 'Succeeded', resultString: JSON.stringify({ label, probability, verdict }) };
}
