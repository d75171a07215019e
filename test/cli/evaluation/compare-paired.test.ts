import { describe, expect, it } from 'vitest';
import { comparePaired } from '../../../cli/evaluation/compare-paired.ts';

describe('two models on the same photos', () => {
  it.each([
    // 1 against 7 of 21 is the example of Fagerland, Lydersen and Laake (2013), whose mid-p value is 0.039.
    [{ photos: 21, mended: 1, broken: 7 }, 'worse', 0.0390625],
    [{ photos: 21, mended: 7, broken: 1 }, 'better', 0.0390625],
    [{ photos: 90, mended: 0, broken: 0 }, 'same', 1],
    [{ photos: 90, mended: 4, broken: 1 }, 'same', 0.21875],
    [{ photos: 90, mended: 0, broken: 4 }, 'same', 0.0625],
    [{ photos: 90, mended: 0, broken: 5 }, 'worse', 0.03125],
    // Half of the middle of Pascal's sixth row stands for the cases that are as likely as this one.
    [{ photos: 90, mended: 3, broken: 3 }, 'same', 1 - 20 / 64 / 2],
    [{ photos: 0, mended: 0, broken: 0 }, 'same', 1],
  ] as const)('compares %j: %s', (counts, verdict, chance) => {
    const compared = comparePaired(counts);

    expect(compared.verdict).toBe(verdict);
    expect(compared.chance).toBeCloseTo(chance, 10);
  });

  it('takes thousands of differences without an overflow', () => {
    const { verdict, chance } = comparePaired({ photos: 100_000, mended: 5_200, broken: 4_800 });

    expect(verdict).toBe('better');
    // The normal distribution at (5,200 − 4,800) / √10,000 = 4 standard deviations, two-sided.
    expect(chance).toBeCloseTo(6.3e-5, 5);
  });

  it('says between which differences the true one may lie', () => {
    const { low, high } = comparePaired({ photos: 98, mended: 9, broken: 4 });

    // Bonett and Price: (10 − 5) / 100 ± 1.96 √((0.15 − 0.05²) / 100).
    expect(low).toBeCloseTo(0.05 - 0.07527, 4);
    expect(high).toBeCloseTo(0.05 + 0.07527, 4);
    expect(comparePaired({ photos: 0, mended: 0, broken: 0 })).toMatchObject({ low: -1, high: 1 });
  });
});
