import { type ResultRecord, resultFolder } from '../../facts/batch-records.ts';
import { type BulkStore, requestsAtOnce } from './bulk-store.ts';
import { photosOfRun } from './list-photos.ts';
import type { RunRecord } from './run-record.ts';

/** Result files of the day of a run: of its model where that is known, else of every model. */
export async function listResultFiles(store: BulkStore, { date, modelVersion }: RunRecord): Promise<readonly string[]> {
  const { place } = store;
  const prefix = modelVersion === undefined ? `${place.prefix}results/` : resultFolder(place, modelVersion, date);
  const keys: string[] = [];
  for await (const { key } of store.list(place.bucket, prefix)) {
    if (key.endsWith('.jsonl') && key.includes(`/date=${date}/`)) keys.push(key);
  }
  return keys;
}

/** The records of files in the order of the files, several fetched at a time. */
export async function* readRecords(store: BulkStore, keys: readonly string[]): AsyncGenerator<ResultRecord> {
  const underWay: Promise<string | undefined>[] = [];
  let next = 0;
  const fetchMore = () => {
    while (underWay.length < requestsAtOnce && next < keys.length) underWay.push(store.read(keys[next++] as string));
  };
  fetchMore();
  while (underWay.length > 0) {
    const text = (await underWay.shift()) ?? '';
    fetchMore();
    for (const line of text.split('\n')) if (line !== '') yield JSON.parse(line);
  }
}

/**
 * Whether a record is of a run: the same day's folder holds those of other runs, and of the stream. A run over a prefix has
 * all that lies there; one with a list has what the list names.
 */
export async function recordsBelong(store: BulkStore, run: RunRecord): Promise<(record: ResultRecord) => boolean> {
  // Nobody reads an inventory twice for this.
  if (run.reader !== 'lines') return ({ bucket, key }) => bucket === run.bucket && key.startsWith(run.prefix);
  const names = new Set<string>();
  for await (const { Bucket = run.bucket, Key } of photosOfRun(store, run)) names.add(`${Bucket}/${Key}`);
  return ({ bucket, key }) => names.has(`${bucket}/${key}`);
}
