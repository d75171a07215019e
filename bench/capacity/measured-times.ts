import type { Results } from '../results.ts';
import type { ServiceTimes } from './simulate-run.ts';

/** Times of the bundle as the benches measured them, a photo of 0.2 megapixels; what a batch takes besides is assumed. */
export function measuredTimes({ bundle }: Pick<Results, 'bundle'>, batchInMilliseconds: number): ServiceTimes {
  return {
    photo: bundle.later.median / 1_000,
    batch: batchInMilliseconds / 1_000,
    start: (bundle.ready.median + bundle.first.median - bundle.later.median) / 1_000,
  };
}
