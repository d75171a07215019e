import { expect, it } from 'vitest';
import { estimateRun } from '../../../cli/bulk/estimate-run.ts';
import { northVirginia } from '../../../facts/prices.ts';
import { shapeOfRun } from './run-of-shop.ts';

it('an estimate is work by instances, never quicker than the map starts batches', () => {
  const { seconds, bill } = estimateRun(1e6, shapeOfRun, northVirginia);

  // A million photos of 35 ms, ten thousand batches of 60 ms more, by a hundred instances, and their starts.
  expect(seconds).toBeCloseTo((35_000 + 600) / 100 + 0.3, 6);
  expect(bill.dollars).toBeLessThan(1.6);
  expect(estimateRun(1e6, { ...shapeOfRun, photosInBatch: 1, concurrency: 10_000 }, northVirginia, 0.001).seconds).toBe(
    1_000,
  );
  expect(estimateRun(100, { ...shapeOfRun, memoryInMb: 884.5 }, northVirginia).seconds).toBeCloseTo(3.56 * 2 + 0.3, 6);
});
