import { describe, expect, it } from 'vitest';
import { billOf, gbSecondsOf, type Usage } from '../../../cli/cost/bill.ts';
import { compareMemories, findCheapest } from '../../../cli/cost/cheapest-memory.ts';
import { northVirginia } from '../../../facts/prices.ts';

const usage: Usage = {
  photos: 1_000_000,
  photoSizeInKilobytes: 200,
  memoryInMb: 1024,
  architecture: 'x86_64',
  door: 'http-api',
  warmMilliseconds: 100,
  coldMilliseconds: 1000,
  coldShare: 0,
  imageSizeInMegabytes: 512,
};

const dollarsFor = (title: string, changes: Partial<Usage>, isFreeTierUsed = false) =>
  billOf({ ...usage, ...changes }, northVirginia, { isFreeTierUsed }).lines.find((line) => line.title.startsWith(title))
    ?.dollars;

describe('the bill', () => {
  it('counts GB-seconds in whole milliseconds, starts included', () => {
    expect(gbSecondsOf(usage)).toBe(100_000);
    expect(gbSecondsOf({ ...usage, warmMilliseconds: 99.2 })).toBe(100_000);
    expect(gbSecondsOf({ ...usage, coldShare: 0.1 })).toBe(200_000);
    expect(gbSecondsOf({ ...usage, memoryInMb: 512 })).toBe(50_000);
  });

  it.each([
    ['Lambda, time', {}, false, 1.66667],
    ['Lambda, time', { architecture: 'arm64' }, false, 1.33334],
    ['Lambda, time', {}, true, 0],
    ['Lambda, time', { photos: 5_000_000 }, true, 1.66667],
    ['Lambda, invocations', {}, false, 0.2],
    ['Lambda, invocations', { photos: 3_000_000 }, true, 0.4],
    ['door', {}, false, 1],
    ['door', { photoSizeInKilobytes: 513 }, false, 2],
    ['door', { photoSizeInKilobytes: 513, door: 'rest-api' }, false, 3.5],
    ['door', { door: 'function-url' }, false, 0],
    // 2.0 kB a request, 1.7 without an API: 1.91 and 1.62 GB at $0.50.
    ['logs', {}, false, 0.953674],
    ['logs', { door: 'function-url' }, false, 0.810623],
    ['registry', {}, false, 0.05],
  ] as const)('has for %s with %j, free tier %s, %s dollars', (title, changes, isFreeTierUsed, dollars) => {
    expect(dollarsFor(title, changes, isFreeTierUsed)).toBeCloseTo(dollars, 6);
  });

  it('adds its lines up', () => {
    const { lines, dollars } = billOf(usage, northVirginia, { isFreeTierUsed: false });

    expect(dollars).toBeCloseTo(
      lines.reduce((sum, line) => sum + line.dollars, 0),
      9,
    );
  });
});

describe('the comparison of memory settings', () => {
  it('takes measured times as they are and derives the others from the share of a CPU', () => {
    const choices = compareMemories(
      { ...usage, memoryInMb: 1769 },
      northVirginia,
      [884.5, 1769, 3538],
      new Map([[3538, 90]]),
    );

    expect(choices.map((choice) => choice.warmMilliseconds)).toEqual([200, 100, 90]);
    expect(choices.map((choice) => choice.isMeasured)).toEqual([false, false, true]);
  });

  it('finds half the memory at twice the time no cheaper, and more than one CPU a waste', () => {
    const [half, one, two] = compareMemories(
      { ...usage, memoryInMb: 1769 },
      northVirginia,
      [884.5, 1769, 3538],
      new Map(),
    );

    expect(half?.dollars).toBeCloseTo(one?.dollars ?? 0, 6);
    expect(two?.dollars).toBeGreaterThan(one?.dollars ?? 0);
  });

  it('calls all bills cheapest that are the same to the cent', () => {
    const at = (memoryInMb: number, dollars: number) => ({
      memoryInMb,
      dollars,
      warmMilliseconds: 1,
      isMeasured: false,
    });
    const choices = [at(512, 3.001), at(1024, 3.004), at(2048, 4)];

    expect(findCheapest(choices).map(({ memoryInMb }) => memoryInMb)).toEqual([512, 1024]);
  });
});
