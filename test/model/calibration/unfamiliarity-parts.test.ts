import { describe, expect, it } from 'vitest';
import { drawEmptyPhoto, emptyPhotoKinds } from '../../../model/calibration/draw-empty-photo.ts';
import { findPrototypes } from '../../../model/calibration/find-prototypes.ts';
import { fitLogistic } from '../../../model/calibration/fit-logistic.ts';
import { randomSource } from '../../../model/calibration/random-source.ts';

describe('findPrototypes', () => {
  it('finds the directions that vectors gather around', () => {
    const random = randomSource(2);
    const vectors = Array.from({ length: 90 }, (_, index) => {
      const vector = Float32Array.from({ length: 3 }, (_value, at) => (at === index % 3 ? 1 : 0) + random() * 0.1);
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });
    const prototypes = findPrototypes(vectors, 3);
    const axes = prototypes.map((prototype) => prototype.indexOf(Math.max(...prototype)));

    expect(axes.toSorted()).toEqual([0, 1, 2]);

    for (const prototype of prototypes) {
      expect(Math.max(...prototype)).toBeGreaterThan(0.98);
      expect(Math.hypot(...prototype)).toBeCloseTo(1, 5);
    }
  });

  it('finds no more than there are vectors', () => {
    expect(findPrototypes([Float32Array.of(1, 0)], 5)).toEqual([Float32Array.of(1, 0)]);
  });
});

describe('fitLogistic', () => {
  it('finds the log-odds that examples were drawn with, whatever the number of features', () => {
    const random = randomSource(4);
    const count = 3000;
    const examples = Array.from({ length: count }, () => {
      const vector = Float32Array.from({ length: 5 }, () => random() * 2 - 1);
      const logOdds = 2 * (vector[0] ?? 0) - (vector[4] ?? 0) + 0.5;
      return { vector, isPositive: random() < 1 / (1 + Math.exp(-logOdds)), weight: 1 / count };
    });
    const { weights, bias } = fitLogistic(examples, 1e-6);
    const expected = [2, 0, 0, 0, -1];
    for (const [at, weight] of weights.entries()) expect(Math.abs(weight - (expected[at] ?? 0))).toBeLessThan(0.25);

    expect(Math.abs(bias - 0.5)).toBeLessThan(0.2);
  });

  it('counts examples by their weights, and pulls the features with the penalty', () => {
    const vector = Float32Array.of(0);
    const examples = [
      { vector, isPositive: true, weight: 0.75 },
      { vector, isPositive: false, weight: 0.25 },
    ];

    expect(fitLogistic(examples, 1).bias).toBeCloseTo(Math.log(3), 2);
    expect(fitLogistic(examples, 1).weights[0]).toBe(0);
  });
});

describe('drawEmptyPhoto', () => {
  it.each(emptyPhotoKinds)('draws %s the same for the same seed, and another for another', (kind) => {
    const photo = drawEmptyPhoto(kind, 7);

    expect(photo.data).toHaveLength(photo.width * photo.height * 3);
    expect(drawEmptyPhoto(kind, 7)).toEqual(photo);
    expect(drawEmptyPhoto(kind, 8).data).not.toEqual(photo.data);
  });

  it('writes text in ink that differs from the paper', () => {
    expect(new Set(drawEmptyPhoto('text', 3).data).size).toBeLessThanOrEqual(6);
    expect(new Set(drawEmptyPhoto('text', 3).data).size).toBeGreaterThan(1);
  });
});
