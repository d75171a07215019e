import { fieldsOf } from '../doors/http-event.ts';
import type { BatchDoor } from './batch-door.ts';
import { parseText, readS3Event } from './read-s3-event.ts';
import type { RunBatch } from './run-batch.ts';

/**
 * Messages of SQS, each with an event of S3's. A message that names no object, or one of whose photos is not done, is reported
 * as failed and comes again, until the queue gives it up; the others are not held up by it.
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html)
 */
export function createQueueDoor(runBatch: RunBatch): BatchDoor {
  return {
    name: 'sqs',
    accepts: (event) => recordsOf(event).some((record) => fieldsOf(record).eventSource === 'aws:sqs'),
    async answer(event, { deadlineAt, record, note }) {
      const messages = recordsOf(event).map((message) => {
        const { messageId, body } = fieldsOf(message);
        return { messageId, photos: readS3Event(parseText(body)) };
      });
      const batch = await runBatch(
        messages.flatMap(({ photos = [] }) => photos),
        { deadlineAt },
      );
      note(batch);
      const failed = messages.filter(
        ({ photos }) => photos?.every((photo) => batch.outcomeOf(photo)?.kind !== 'not-done') !== true,
      );
      const unreadable = messages.filter(({ photos }) => photos === undefined).length;
      record.note({ messages: messages.length, failedMessages: failed.length, ...(unreadable > 0 && { unreadable }) });
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  };
}

function recordsOf(event: unknown): readonly unknown[] {
  const { Records: records } = fieldsOf(event);
  return Array.isArray(records) ? records : [];
}
