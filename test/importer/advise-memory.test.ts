import { expect, it } from 'vitest';
import { adviseMemoryInMegabytes, estimateLambdaMilliseconds } from '../../importer/advise-memory.ts';

it.each([
  // 700 MB on top, and the next setting that holds both: exactly full is enough.
  [0, 1_769],
  [1_069, 1_769],
  [1_070, 2_048],
  [1_348, 2_048],
  [1_349, 3_008],
  [2_308, 3_008],
  [9_540, 10_240],
  [50_000, 10_240],
])('advises, for %i MB resident, %i MB', (resident, memory) => {
  expect(adviseMemoryInMegabytes(resident)).toBe(memory);
});

it.each([
  [884.5, 200],
  [1_769, 100],
  [10_240, 100],
])('estimates for 100 ms here, at %d MB, %i ms on Lambda', (memory, milliseconds) => {
  expect(estimateLambdaMilliseconds(100, memory)).toBe(milliseconds);
});
