import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../../bench/capacity/capacity-results.ts';
import { type EngineLimits, engineLimits } from '../../../bench/capacity/engine-limits.ts';
import { simulateRun } from '../../../bench/capacity/simulate-run.ts';
import { TimeHeap } from '../../../bench/capacity/time-heap.ts';

const times = { photo: 0.035, batch: 0.06, start: 0.3 };
const plenty = 1_000;
const allAtOnce = { photosEachSecond: Number.POSITIVE_INFINITY, prefixes: plenty };

function fixed(most: number, more: Partial<EngineLimits> = {}): EngineLimits {
  return {
    engine: 'map',
    name: 'fixed',
    atFirst: most,
    moreEachSecond: 1,
    most,
    batchesEachSecond: Number.POSITIVE_INFINITY,
    photosInBatch: 100,
    bound: 'instances allowed',
    ...more,
  };
}

function named(name: string, concurrency: number): EngineLimits {
  const found = engineLimits(concurrency, 100).find((limits) => limits.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

describe('a simulated run', () => {
  it('takes one instance its start and then each batch after the other', () => {
    const run = simulateRun(fixed(1), times, { ...allAtOnce, photos: 1_000 });

    expect(run.seconds).toBeCloseTo(0.3 + 1_000 * 0.035 + 10 * 0.06, 9);
    expect(run.lambdaSeconds).toBeCloseTo(run.seconds, 9);
    expect(run).toMatchObject({ coldStarts: 1, batches: 10 });
  });

  it.each([10, 100, 1_000])('is %d times as quick with as many instances', (instances) => {
    const photos = 1_000 * 100 * instances;

    const run = simulateRun(fixed(instances), times, { ...allAtOnce, photos });

    expect(run.seconds).toBeCloseTo(0.3 + 1_000 * (3.5 + 0.06), 3);
    expect(run.coldStarts).toBe(instances);
  });

  it('counts a batch that is not full for what is in it', () => {
    const run = simulateRun(fixed(1), times, { ...allAtOnce, photos: 130 });

    expect(run.seconds).toBeCloseTo(0.3 + 130 * 0.035 + 2 * 0.06, 9);
  });

  it('grows as the pollers of a queue do', () => {
    // 5 + 5t instances after t seconds until there are 1,000: so much work is done while they come.
    const each = 100 / 3.56;
    const full = (1_000 - 5) / 5;
    const photos = 20e6;
    const whileGrowing = each * (5 * full + (5 * full ** 2) / 2);

    const run = simulateRun(named('SQS', 1_000), times, { ...allAtOnce, photos });

    const expected = full + (photos - whileGrowing) / (1_000 * each);
    expect(Math.abs(run.seconds - expected) / expected).toBeLessThan(0.02);
    expect(run.mostInstances).toBe(1_000);
  });

  it('reads no faster than the prefixes of a bucket answer, whose number doubles in an hour', () => {
    const photos = 5_500 * 3_600 + 11_000 * 60;

    const run = simulateRun(fixed(2_000), times, { ...allAtOnce, photos, prefixes: 1 });

    expect(run.seconds).toBeGreaterThan(3_659);
    expect(run.seconds).toBeLessThan(3_675);
  });

  it('hands out no more batches a second than a map starts children', () => {
    const run = simulateRun(
      fixed(100_000, { photosInBatch: 1, batchesEachSecond: 1_000 }),
      { photo: 0.035, batch: 0, start: 0 },
      { ...allAtOnce, photos: 20_000 },
    );

    // The last is handed out after 20 s but one and takes a tenth of a second, as each call does at least.
    expect(run.seconds).toBeCloseTo(19.999 + 0.1, 6);
  });

  it('gives an instance ten calls a second at most, and bills what they take', () => {
    const one = fixed(10, { photosInBatch: 1 });

    const run = simulateRun(one, { photo: 0.035, batch: 0, start: 0 }, { ...allAtOnce, photos: 10_000 });

    expect(run.seconds).toBeCloseTo(10_000 / (10 * 10), 6);
    expect(run.lambdaSeconds).toBeCloseTo(10_000 * 0.035, 6);
  });

  it('keeps no photo waiting while it is fast enough, and more and more where it is not', () => {
    const minutes = (photosEachSecond: number) =>
      simulateRun(
        fixed(10),
        { photo: 0.04, batch: 0, start: 0 },
        { photos: photosEachSecond * 600, photosEachSecond, prefixes: plenty },
      );

    // Ten instances do 250 a second. Of 300 that come, the last waits for what 50 a second have become in ten minutes.
    expect(minutes(200).longestWaitInSeconds).toBe(0);
    expect(minutes(300).longestWaitInSeconds).toBeCloseTo((50 * 600) / 250, -1);
  });

  it('finds the same with batches taken together as one by one', () => {
    const load = { ...allAtOnce, photos: 4_999_900 };

    const [one, together] = [load, { ...load, photos: 5_000_100 }].map((each) => simulateRun(fixed(50), times, each));

    expect(together?.batches).toBe(50_001);
    expect((together?.seconds ?? 0) / (one?.seconds ?? 1)).toBeCloseTo(1, 2);
  });
});

describe('bounds', () => {
  it('put 28,000 photos a second at 1,000 instances within reach, from six prefixes on', () => {
    const of = (prefixes: number) =>
      Math.min(
        ...boundsOf(named('Distributed Map', 1_000), times, { prefixes }).map(
          ({ photosEachSecond }) => photosEachSecond,
        ),
      );

    expect(of(6)).toBeGreaterThan(28_000);
    expect(of(5)).toBe(27_500);
  });

  it('let a queue with batches of 100 have 1,200 instances, for more messages are not in flight', () => {
    expect(named('SQS, provisioned', 10_000)).toMatchObject({ most: 1_200, bound: 'messages in flight' });
    expect(named('SQS', 10_000)).toMatchObject({ most: 1_000, bound: 'MaximumConcurrency' });
  });
});

it('a heap of times gives the earliest first', () => {
  const heap = new TimeHeap();
  const times = [5, 1, 4, 1, 3, 9, 2, 6];
  for (const time of times) heap.add(time);

  const taken = times.map(() => heap.take());

  expect(taken).toEqual(times.toSorted((a, b) => a - b));
  expect(heap.take()).toBe(Number.POSITIVE_INFINITY);
});
