import type { MapItem } from '../../facts/batch-records.ts';
import type { RunInput } from '../../facts/bulk-run.ts';
import type { BulkStore } from './bulk-store.ts';
import { photosKey, type RunRecord, writeRunRecord } from './run-record.ts';
import type { StepFunctions } from './step-functions.ts';

/** Writes down what a run is about, its list where it has one, and starts it. */
export async function beginRun(
  store: BulkStore,
  machine: Pick<StepFunctions, 'start'>,
  record: RunRecord,
  list: readonly MapItem[] | undefined,
): Promise<void> {
  if (list !== undefined) {
    const lines = list.map(({ Bucket, Key, ETag, Etag, Size, VersionId }) =>
      JSON.stringify({ Bucket, Key, ETag: ETag ?? Etag, Size, VersionId }),
    );
    await store.put(photosKey(store.place, record.run), `${lines.join('\n')}\n`, 'application/x-ndjson');
  }
  await writeRunRecord(store, record);
  const { run, date, startedAt, source, reader, bucket, prefix, listBucket, listKey } = record;
  const input: RunInput = { run, date, startedAt, source, reader, bucket, prefix, listBucket, listKey };
  await machine.start(run, input);
}

/** A name that sorts by time, such as `20261127-061500`. */
export function nameRun(now: Date): string {
  return now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}

/** The record of a run over a list that is written beside it. */
export function recordOfList(
  store: BulkStore,
  about: Pick<
    RunRecord,
    'run' | 'date' | 'startedAt' | 'source' | 'bucket' | 'prefix' | 'modelVersion' | 'photos' | 'resumes'
  >,
): RunRecord {
  return { ...about, reader: 'lines', listBucket: store.place.bucket, listKey: photosKey(store.place, about.run) };
}
