import type { MapItem } from '../../facts/batch-records.ts';
import { readInventory } from '../classify/read-inventory.ts';
import { parseS3Word } from '../classify/s3-words.ts';
import type { BulkStore } from './bulk-store.ts';
import { photosKey, type RunRecord } from './run-record.ts';

/** Any object that is no folder: a key that ends in a slash and holds nothing is a folder where AWS's console shows it. */
export async function* listPhotos(store: BulkStore, bucket: string, prefix: string): AsyncGenerator<MapItem> {
  const { place } = store;
  for await (const { key, etag, sizeInBytes } of store.list(bucket, prefix)) {
    if (key.endsWith('/') && sizeInBytes === 0) continue;
    // As the function does with what it has written itself.
    if (bucket === place.bucket && isOfResults(key, place.prefix)) continue;
    yield { Key: key, Bucket: bucket, ETag: etag, Size: sizeInBytes };
  }
}

/** What of an inventory is below a prefix, as the function takes it from the map. */
export async function* listInventory(
  store: BulkStore,
  { bucket, prefix, listBucket, listKey }: Pick<RunRecord, 'bucket' | 'prefix' | 'listBucket' | 'listKey'>,
): AsyncGenerator<MapItem> {
  const readFile = (word: string) => {
    const place = parseS3Word(word);
    return store.getList(place.bucket, place.key);
  };
  for await (const photo of readInventory(`s3://${listBucket}/${listKey}`, readFile)) {
    const { bucket: owner, key, version, etag, sizeInBytes } = photo;
    if (owner !== bucket || !key.startsWith(prefix) || (key.endsWith('/') && sizeInBytes === 0)) continue;
    if (owner === store.place.bucket && isOfResults(key, store.place.prefix)) continue;
    yield {
      ...{ Bucket: owner, Key: key },
      ...(version !== undefined && { VersionId: version }),
      ...(etag !== undefined && { ETag: etag }),
      ...(sizeInBytes !== undefined && { Size: sizeInBytes }),
    };
  }
}

function isOfResults(key: string, prefix: string): boolean {
  return ['results/', 'runs/', 'kept/'].some((folder) => key.startsWith(`${prefix}${folder}`));
}

/** The photos of a run as it was begun: those of its own list or of its inventory, or what S3 lists now. */
export async function* photosOfRun(store: BulkStore, record: RunRecord): AsyncGenerator<MapItem> {
  if (record.reader === 'list') {
    yield* listPhotos(store, record.bucket, record.prefix);
    return;
  }
  if (record.reader === 'inventory') {
    yield* listInventory(store, record);
    return;
  }
  const text = (await store.read(photosKey(store.place, record.run))) ?? '';
  for (const line of text.split('\n')) if (line !== '') yield { Bucket: record.bucket, ...JSON.parse(line) };
}

export interface ListedPhotos {
  readonly count: number;
  /** Whether there are more than were counted. */
  readonly isMore: boolean;
  readonly sizeInBytes: number;
  /** Of those counted, so many at random; all where no sample is asked for is none. */
  readonly sample: readonly MapItem[];
}

/**
 * Counts photos up to a number, and draws a sample of them as it goes: each of those counted is as likely to be in it
 * (Vitter's algorithm R).
 * @param random as Math.random
 */
export async function countPhotos(
  photos: AsyncIterable<MapItem>,
  {
    most,
    sampleSize,
    random = Math.random,
  }: { readonly most: number; readonly sampleSize: number; readonly random?: () => number },
): Promise<ListedPhotos> {
  const sample: MapItem[] = [];
  let [count, sizeInBytes] = [0, 0];
  for await (const photo of photos) {
    if (count === most) return { count, isMore: true, sizeInBytes, sample };
    count++;
    sizeInBytes += Number(photo.Size ?? 0);
    if (sample.length < sampleSize) sample.push(photo);
    else {
      const at = Math.floor(random() * count);
      if (at < sampleSize) sample[at] = photo;
    }
  }
  return { count, isMore: false, sizeInBytes, sample };
}
