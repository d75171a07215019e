import type { MapAnswer, ResultRecord } from '../../../facts/batch-records.ts';
import type { Handler } from '../../../function/invocation/invocation-context.ts';
import type { LogFields } from '../../../function/invocation/request-log.ts';
import { wireBatch } from '../../../function/wire-batch.ts';
import { encodeJpeg } from '../../helpers/jpeg-file.ts';
import { etagOf, type S3StandIn } from '../../helpers/s3-stand-in.ts';
import { fillPixels, writeTinyModel } from '../../helpers/tiny-model.ts';

export const redPhoto = encodeJpeg(fillPixels(9, 7, [230, 20, 10]));
export const greenPhoto = encodeJpeg(fillPixels(8, 8, [10, 220, 30]));
/** Its header promises a picture, and nothing follows. */
export const brokenPhoto = redPhoto.subarray(0, 300);

/** The batch function around the tiny model, on a stand-in of S3. */
export function wireTestBatch(
  s3: S3StandIn,
  changes: Readonly<Record<string, string>> = {},
  lines: LogFields[] = [],
): Promise<Handler> {
  const settings = { MODEL_DIRECTORY: modelDirectory, BATCH_RESULTS: 'results/shop' };
  return wireBatch(
    { ...s3.environment, ...settings, ...changes },
    { log: (line) => lines.push(line), wait: async () => undefined },
  );
}

const modelDirectory = writeTinyModel();

/** Puts a photo into the bucket `photos`. */
export function store(s3: S3StandIn, key: string, bytes: Uint8Array): void {
  s3.objects.set(`photos/${key}`, bytes);
}

export function contextOf(millisecondsLeft = 60_000) {
  return { requestId: 'request-1', deadlineAt: Date.now() + millisecondsLeft };
}

/** A message of SQS about an object that was just written, as S3 sends it. */
export function messageAbout(s3: S3StandIn, key: string, messageId = key) {
  const bytes = s3.objects.get(`photos/${key}`) ?? new Uint8Array();
  const escaped = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  const object = { key: escaped, size: bytes.length, eTag: etagOf(bytes), sequencer: '00' };
  const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'photos' }, object } };
  return message(JSON.stringify({ Records: [record] }), messageId);
}

export function message(body: string, messageId: string) {
  return { messageId, eventSource: 'aws:sqs', body, attributes: { ApproximateReceiveCount: '1' } };
}

/** Every line of every result file, by its file. */
export function readResults(s3: S3StandIn): Map<string, readonly ResultRecord[]> {
  const files = [...s3.objects].filter(([path]) => path.startsWith('results/shop/results/'));
  return new Map(files.map(([path, bytes]) => [path, readLines(bytes)]));
}

export function readLines(bytes: Uint8Array): readonly ResultRecord[] {
  const lines = Buffer.from(bytes).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

export function allRecords(s3: S3StandIn): readonly ResultRecord[] {
  return [...readResults(s3).values()].flat();
}

/** What the state machine hands in for these keys. */
export function mapBatchOf(s3: S3StandIn, keys: readonly string[]) {
  const Items = keys.map((Key) => {
    const bytes = s3.objects.get(`photos/${Key}`) ?? new Uint8Array();
    return {
      Key,
      Etag: `"${etagOf(bytes)}"`,
      Size: bytes.length,
      LastModified: 1_700_000_000,
      StorageClass: 'STANDARD',
    };
  });
  return { BatchInput: { bucket: 'photos', date: '2026-11-27', run: 'first' }, Items };
}

export const toMapAnswer = (answer: unknown) => answer as MapAnswer;
