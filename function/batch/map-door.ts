import type { Counts, MapAnswer, MapItem } from '../../facts/batch-records.ts';
import { fieldsOf } from '../doors/http-event.ts';
import { ServiceError } from '../invocation/service-error.ts';
import type { BatchDoor } from './batch-door.ts';
import { addCounts, noCounts } from './count-outcomes.ts';
import { type PhotoReference, unescapeKey } from './photo-reference.ts';
import { toReference } from './read-s3-event.ts';
import type { RunBatch } from './run-batch.ts';

/**
 * A batch of a Distributed Map: `{"BatchInput", "Items"}`. The answer has the same shape, with what is not done, so that the
 * state machine hands it in again as it is; see facts/batch-records.ts.
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html)
 */
export function createMapDoor(runBatch: RunBatch): BatchDoor {
  return {
    name: 'map',
    accepts: (event) => Array.isArray(fieldsOf(event).Items) && 'BatchInput' in fieldsOf(event),
    async answer(event, { deadlineAt, note }): Promise<MapAnswer> {
      const { BatchInput: given, Items: items, Counts: earlier } = fieldsOf(event);
      const input = readBatchInput(given);
      const all = (items as readonly unknown[]).map((item) => ({ item, photo: toPhoto(item, input) }));
      const photos = all.filter(({ item, photo }) => isCurrent(item) && photo.key.startsWith(input.prefix));
      const skipped = all.length - photos.length;
      const batch = await runBatch(
        photos.map(({ photo }) => photo),
        { deadlineAt, date: input.date },
      );
      note(batch);
      const left = photos.filter(({ photo }) => batch.outcomeOf(photo)?.kind === 'not-done');
      const [failure] = batch.failures;
      // Asked again at once it would fare no better.
      if (failure !== undefined && batch.counts.photos + skipped === 0) throw failure;
      return {
        BatchInput: given as MapAnswer['BatchInput'],
        Items: left.map(({ item }) => item as MapItem),
        Counts: addCounts(addCounts((earlier as Counts | undefined) ?? noCounts, batch.counts), {
          ...noCounts,
          skipped,
        }),
      };
    },
  };
}

interface ReadBatchInput {
  readonly bucket: string | undefined;
  readonly date: string | undefined;
  readonly keysAreEscaped: boolean;
  readonly prefix: string;
}

function readBatchInput(given: unknown): ReadBatchInput {
  const { bucket, date, keysAreEscaped, prefix } = fieldsOf(given);
  const isDay = typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date);
  if (date !== undefined && !isDay) throw malformed('BatchInput.date is no day', 'Give it as YYYY-MM-DD.');
  return {
    bucket: typeof bucket === 'string' ? bucket : undefined,
    date: isDay ? date : undefined,
    keysAreEscaped: keysAreEscaped === true || keysAreEscaped === 'true',
    prefix: typeof prefix === 'string' ? prefix : '',
  };
}

/** An inventory of all versions lists old ones and deletions too. */
function isCurrent(item: unknown): boolean {
  const { IsLatest: isLatest, IsDeleteMarker: isDeleteMarker } = fieldsOf(item);
  return isLatest !== 'false' && isDeleteMarker !== 'true';
}

function toPhoto(item: unknown, { bucket: common, keysAreEscaped }: ReadBatchInput): PhotoReference {
  const { Bucket: own, Key: key, Etag, ETag, Size: size, VersionId: version } = fieldsOf(item);
  const bucket = typeof own === 'string' && own !== '' ? own : common;
  if (typeof key !== 'string' || key === '' || bucket === undefined) {
    throw malformed('An item names no object', 'Give each a Key, and the bucket as Bucket or in BatchInput.');
  }
  return toReference(bucket, keysAreEscaped ? unescapeKey(key) : key, { size, version, etag: Etag ?? ETag });
}

function malformed(what: string, hint: string): ServiceError {
  return new ServiceError('bad_request', `${what}.`, hint);
}
