import { distributedMap, getsPerSecondAndPrefix } from '../../facts/bulk-limits.ts';
import { oneProcessorInMb } from '../../facts/lambda.ts';
import type { Prices } from '../../facts/prices.ts';
import type { StackSettings } from '../../infra/settings.ts';
import { type BulkBill, billOfBulk } from './bulk-bill.ts';

/** What a run goes by. */
export interface RunShape {
  readonly concurrency: number;
  readonly photosInBatch: number;
  readonly memoryInMb: number;
  readonly architecture: StackSettings['architecture'];
}

export interface RunEstimate {
  readonly seconds: number;
  readonly batches: number;
  readonly lambdaSeconds: number;
  readonly bill: BulkBill;
}

/** A photo of 0.2 megapixels and a start, as `bench/results` has them; a batch takes two requests of S3 besides. */
export const usualTimes = { photoInSeconds: 0.035, batchInSeconds: 0.06, startInSeconds: 0.3 } as const;

/**
 * What a run takes and costs, on paper: all instances busy to the end, the way up to them left out, for it takes seconds.
 * `bench/capacity` simulates the same.
 */
export function estimateRun(
  photos: number,
  { concurrency, photosInBatch, memoryInMb, architecture }: RunShape,
  prices: Prices,
  photoInSeconds: number = usualTimes.photoInSeconds,
): RunEstimate {
  const batches = Math.ceil(photos / photosInBatch);
  const instances = Math.max(1, Math.min(concurrency, batches, distributedMap.mostChildren));
  // Less memory is a smaller share of a processor.
  const slowness = Math.max(1, oneProcessorInMb / memoryInMb);
  const work = (photos * photoInSeconds + batches * usualTimes.batchInSeconds) * slowness;
  const lambdaSeconds = work + instances * usualTimes.startInSeconds;
  const seconds = Math.max(
    lambdaSeconds / instances,
    batches / distributedMap.startsEachSecond,
    photos / (getsPerSecondAndPrefix * mostPrefixes),
  );
  const run = { engine: 'map', photos, batches, lambdaSeconds, memoryInMb, architecture } as const;
  return { seconds, batches, lambdaSeconds, bill: billOfBulk(run, prices) };
}

/** Nobody knows how a bucket is divided; so many prefixes keep a thousand instances busy. */
const mostPrefixes = 6;
