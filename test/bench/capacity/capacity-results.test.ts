import { expect, it } from 'vitest';
import { capacityRow, millionBill } from '../../../bench/capacity/capacity-results.ts';
import { engineLimits } from '../../../bench/capacity/engine-limits.ts';
import { measuredTimes } from '../../../bench/capacity/measured-times.ts';
import { readCapacity, readResults } from '../../../docs/tables/read-results.ts';

const results = readCapacity();
const { concurrency, photosInBatch, prefixes, times } = results.parameters;

it('the published simulation is fed with the published times', () => {
  const measured = measuredTimes(readResults(), times.batch * 1_000);

  expect(times).toEqual(measured);
});

it.each(engineLimits(concurrency, photosInBatch))('the simulation of $name still finds what is published', (limits) => {
  const load = { photos: 100_000, photosEachSecond: Number.POSITIVE_INFINITY, prefixes };

  const row = capacityRow(limits, results.parameters, load, concurrency);

  expect(results.volumes).toContainEqual(row);
});

it('the goals: a map does a million for less than 1.6 dollars and a billion in half a day, at 28,000 a second', () => {
  const [billion] = results.volumes.filter(({ engine, photos }) => engine === 'Distributed Map' && photos === 1e9);

  expect(billion?.dollarsAMillion).toBeLessThan(1.6);
  expect(billion?.seconds).toBeLessThan(12 * 3_600);
  expect((billion?.photosAnHour ?? 0) / 3_600).toBeGreaterThan(28_000);
});

it('a bill is the sum of what it is made of, and of a queue as much as is aimed at where a photo takes so long', () => {
  const { bills, longestPhotoInSeconds: photo } = results;
  const [queue] = engineLimits(concurrency, photosInBatch);
  if (queue === undefined) throw new Error('There is no queue.');

  for (const { lines, dollars } of bills) {
    expect(lines.reduce((sum, line) => sum + line.dollars, 0)).toBeCloseTo(dollars, 9);
  }
  expect(bills).toContainEqual(millionBill(queue, times, photosInBatch));
  expect(millionBill(queue, { ...times, photo }, photosInBatch).dollars).toBeCloseTo(1.6, 2);
});
