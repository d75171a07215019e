import type { RunRecord } from '../../../cli/bulk/run-record.ts';
import { date, modelVersion } from './store-in-memory.ts';

/** A run over what lies below a prefix, which lists the photos itself. */
export const runOfShop: RunRecord = {
  run: 'first',
  date,
  startedAt: `${date}T06:00:00.000Z`,
  source: 's3://shop/new/',
  reader: 'list',
  bucket: 'shop',
  prefix: 'new/',
  listBucket: '',
  listKey: '',
  modelVersion,
  photos: 3,
};

/** How the stack's backlog works, unless it is told otherwise. */
export const shapeOfRun = { concurrency: 100, photosInBatch: 100, memoryInMb: 1769, architecture: 'arm64' } as const;

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The objects of a bucket, all of the same content. */
export function photosOfShop(...keys: readonly string[]): Map<string, string> {
  return new Map(keys.map((key) => [`shop/${key}`, 'photo']));
}
