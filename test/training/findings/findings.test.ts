import { describe, expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { findDoubtfulLabels } from '../../../training/findings/find-doubtful-labels.ts';
import { findNearest } from '../../../training/findings/find-nearest.ts';
import { groupAlike } from '../../../training/findings/group-alike.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

describe('doubtful labels', () => {
  it('are those that other photos of the other label are surer of, the most doubtful first', () => {
    const random = randomNumbers(2);
    const truth = Array.from({ length: 60 }, (_, index) => index % 3);
    const logits = truth.map((label) => Float32Array.from({ length: 3 }, (_, at) => (at === label ? 3 : 0) + random()));
    const given = truth.map((label, index) => (index === 7 || index === 30 ? (label + 1) % 3 : label));
    logits[30]?.set([9, 0, 0]);

    const doubtful = findDoubtfulLabels(logits, given, 1);

    expect(doubtful).toMatchObject([
      { row: 30, suggested: 0 },
      { row: 7, suggested: 1 },
    ]);
  });

  it('are none where nothing speaks against any', () => {
    const logits = [0, 1, 0, 1].map((label) => Float32Array.of(label === 0 ? 2 : 0, label === 1 ? 2 : 0));

    expect(findDoubtfulLabels(logits, [0, 1, 0, 1], 1)).toEqual([]);
  });
});

describe('photos alike', () => {
  const features = [Float32Array.of(1, 0), Float32Array.of(0.99, 0.1), Float32Array.of(0, 1), Float32Array.of(1, 0.02)];
  const bits = 0xf0f0_1234_5678_9abcn;
  const featuresOf = (photo: number) => features[photo] as Float32Array;

  it('are those whose pictures and features are nearly the same', () => {
    expect(groupAlike([bits, bits ^ 0b101n, bits, bits ^ (1n << 60n)], featuresOf)).toEqual([0, 0, 2, 0]);
  });

  it('are not those whose pictures differ in more than three bits', () => {
    expect(groupAlike([bits, bits ^ 0xfn, bits, bits ^ 0x1_0001_0001_0001n], featuresOf)).toEqual([0, 1, 2, 3]);
  });

  it('are not those of one colour each, whatever they show', () => {
    expect(groupAlike([0n, 0n, 0n, 1n], featuresOf)).toEqual([0, 1, 2, 3]);
  });
});

describe('the nearest photos', () => {
  it('are those whose features point the same way, however long', () => {
    const features = new FeatureMatrix(5, 2, 2);
    for (const [row, values] of [
      [1, 0],
      [0, 1],
      [10, 1],
      [3, 3],
      [2, 0],
    ].entries())
      features.row(row).set(values);

    const nearest = findNearest(features, [0, 1, 2], 2);

    expect(nearest.map((some) => some.map(({ row }) => row))).toEqual([
      [4, 2],
      [3, 2],
      [0, 4],
    ]);
    expect(nearest[1]?.[0]?.cosine).toBeCloseTo(Math.SQRT1_2, 5);
  });
});
