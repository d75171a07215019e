import {
  type Counts,
  type FinishedRun,
  type FinishRun,
  markerKey,
  type ResultPlace,
} from '../../facts/batch-records.ts';
import { parseJson } from '../../files/parse-json.ts';
import { fieldsOf } from '../doors/http-event.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { getObject } from '../s3/get-object.ts';
import { putObject } from '../s3/put-object.ts';
import type { SendToS3 } from '../s3/s3-client.ts';
import type { BatchDoor } from './batch-door.ts';
import { addCounts, noCounts } from './count-outcomes.ts';

/** A hundred thousand children, with room to spare. */
const maximumFileSizeInBytes = 200_000_000;

/**
 * The end of a run over a bucket: what all its batches counted, from the files in which the Distributed Map's result writer
 * keeps what they answered. Where none failed, the sum is written as the run's marker: a run that has one is complete.
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html)
 */
export function createFinishDoor(send: SendToS3, place: ResultPlace, modelVersion: () => Promise<string>): BatchDoor {
  return {
    name: 'finish',
    accepts: (event) => 'Finish' in fieldsOf(event),
    async answer(event, { deadlineAt, record }): Promise<FinishedRun> {
      const { run, startedAt, source, ResultWriterDetails: details } = readFinish(event);
      const signal = AbortSignal.timeout(Math.min(Math.max(deadlineAt - Date.now(), 1), 2 ** 31 - 1));
      const read = async (key: string) => {
        const location = { bucket: details.Bucket, key };
        const { bytes } = await getObject(send, location, { maximumSizeInBytes: maximumFileSizeInBytes, signal });
        return Buffer.from(bytes).toString();
      };
      const { ResultFiles: files } = fieldsOf(parseJson(await read(details.Key)));
      const { SUCCEEDED, FAILED, PENDING } = fieldsOf(files);
      let counts = noCounts;
      for (const key of keysOf(SUCCEEDED)) {
        for (const child of readChildren(await read(key))) counts = addCounts(counts, countsOf(child));
      }
      let batchesMissing = 0;
      for (const key of [...keysOf(FAILED), ...keysOf(PENDING)]) batchesMissing += readChildren(await read(key)).length;
      const complete = batchesMissing === 0;
      const finishedAt = new Date().toISOString();
      const version = await modelVersion();
      const about = { run, source, startedAt, finishedAt, modelVersion: version };
      const finished: FinishedRun = { ...about, complete, batchesMissing, counts };
      record.note({ run, complete, batchesMissing, photos: counts.photos });
      if (complete) {
        const marker = { bucket: place.bucket, key: markerKey(place, run) };
        const body = Buffer.from(`${JSON.stringify(finished, null, 2)}\n`);
        await putObject(send, marker, body, { contentType: 'application/json', signal });
      }
      return finished;
    },
  };
}

function readFinish(event: unknown): FinishRun['Finish'] {
  const { Finish: finish } = fieldsOf(event);
  const { run, startedAt, source, ResultWriterDetails: details } = fieldsOf(finish);
  const { Bucket, Key } = fieldsOf(details);
  // The name of a run is a folder's, and leads out of none.
  const isRun = typeof run === 'string' && /^[\w-][\w.-]*$/.test(run);
  if (!isRun || [startedAt, source, Bucket, Key].some((text) => typeof text !== 'string' || text === '')) {
    const hint = 'It has run, startedAt, source and ResultWriterDetails with Bucket and Key.';
    throw new ServiceError('bad_request', 'Finish does not say which run it is about.', hint);
  }
  return finish as FinishRun['Finish'];
}

function keysOf(files: unknown): readonly string[] {
  return (Array.isArray(files) ? files : []).map((file) => String(fieldsOf(file).Key));
}

/** One child a line, or all in one list: the two types of output that a result writer has. */
function readChildren(text: string): readonly unknown[] {
  if (!text.startsWith('[')) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => parseJson(line));
  }
  const list = parseJson(text);
  return Array.isArray(list) ? list : [];
}

/** What a child answered stands by itself, or as a text beside what it was asked. */
function countsOf(child: unknown): Counts {
  const { Counts: counts, Output: output } = fieldsOf(child);
  const found = counts ?? (typeof output === 'string' ? fieldsOf(parseJson(output)).Counts : undefined);
  if (found === undefined) {
    throw new ServiceError(
      'bad_request',
      'A batch of this run has no counts.',
      'Let its children answer with "Counts".',
    );
  }
  return found as Counts;
}
