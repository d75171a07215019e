import { type FinishedRun, markerKey } from '../../facts/batch-records.ts';
import type { BulkStore } from './bulk-store.ts';
import type { RunRecord } from './run-record.ts';
import type { RunTotals } from './run-totals.ts';

/** The marker of a run, undefined where it is not complete or nobody has held it against its records yet. */
export async function readMarker(store: BulkStore, run: string): Promise<FinishedRun | undefined> {
  const text = await store.read(markerKey(store.place, run));
  return text === undefined ? undefined : JSON.parse(text);
}

/** Writes down that every photo of a run has a record, with the counts of the records themselves, each id once. */
export async function writeMarker(
  store: BulkStore,
  run: RunRecord,
  totals: RunTotals,
  now: Date,
): Promise<FinishedRun> {
  const { photos, answered, failed, verdicts, codes, sizeInBytes } = totals;
  const earlier = await readMarker(store, run.run);
  const marker: FinishedRun = {
    run: run.run,
    source: run.source,
    startedAt: run.startedAt,
    finishedAt: now.toISOString(),
    modelVersion: run.modelVersion ?? earlier?.modelVersion ?? '',
    complete: true,
    batchesMissing: 0,
    // Records hold no times.
    counts: { photos, answered, failed, skipped: 0, verdicts, codes, sizeInBytes, durationMs: 0 },
  };
  await store.put(markerKey(store.place, run.run), `${JSON.stringify(marker, undefined, 2)}\n`, 'application/json');
  return marker;
}
