import type { MapItem } from '../../facts/batch-records.ts';
import type { BulkStore } from './bulk-store.ts';
import { photosOfRun } from './list-photos.ts';
import { listResultFiles, readRecords, recordsBelong } from './read-records.ts';
import type { RunRecord } from './run-record.ts';
import { RunCounter, type RunTotals } from './run-totals.ts';

export interface MissingPhotos {
  /** Photos that have no record, up to the most asked for. */
  readonly missing: readonly MapItem[];
  readonly isMore: boolean;
  /** Of those that have one. */
  readonly totals: RunTotals;
}

/**
 * Holds what is there against what has a record. An object that was replaced since has none: its record is of the old one.
 * @param most photos that are remembered
 */
export async function findMissing(store: BulkStore, run: RunRecord, most: number): Promise<MissingPhotos> {
  const counter = new RunCounter();
  const done = new Set<string>();
  const belongs = await recordsBelong(store, run);
  for await (const record of readRecords(store, await listResultFiles(store, run))) {
    if (!belongs(record)) continue;
    counter.add(record);
    done.add(nameOf(record.bucket, record.key, record.objectVersion ?? record.etag));
    // For lists that name neither.
    done.add(nameOf(record.bucket, record.key, undefined));
  }
  const missing: MapItem[] = [];
  let isMore = false;
  for await (const photo of photosOfRun(store, run)) {
    const { Bucket = run.bucket, Key, VersionId, ETag, Etag } = photo;
    if (done.has(nameOf(Bucket, Key, VersionId ?? ETag ?? Etag))) continue;
    if (missing.length < most) missing.push(photo);
    else isMore = true;
  }
  return { missing, isMore, totals: counter.totals };
}

function nameOf(bucket: string, key: string, version: string | undefined): string {
  return `${bucket}\n${key}\n${version?.replaceAll('"', '') ?? ''}`;
}
