import { expect, it } from 'vitest';
import { billOfBulk } from '../../../cli/bulk/bulk-bill.ts';

const million = {
  photos: 1e6,
  batches: 1e4,
  lambdaSeconds: 35_000,
  memoryInMb: 1769,
  architecture: 'arm64',
} as const;
// 35,000 s of 1,769 MB, ten thousand calls, a million GETs.
const always = 35_000 * (1769 / 1024) * 0.0000133334 + 0.01 * 0.2 + 0.4;

it.each([
  ['queue', 0.05 + 1.2 * 0.4],
  ['map', 0.05 + 0.005 + 0.01 + (35_000 / 16) * (0.06 / 3600)],
  ['batch-operations', 0.05 + 1.25],
] as const)('bills a million photos by %s', (engine, itsOwn) => {
  expect(billOfBulk({ ...million, engine }).dollars).toBeCloseTo(always + itsOwn, 6);
});
