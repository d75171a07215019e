import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawEmptyPhoto, emptyPhotoKinds } from '../../../model/calibration/draw-empty-photo.ts';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { findPrototypes } from '../../../model/calibration/find-prototypes.ts';
import { fitLogistic } from '../../../model/calibration/fit-logistic.ts';
import { fitUnfamiliarity } from '../../../model/calibration/fit-unfamiliarity.ts';
import { randomSource } from '../../../model/calibration/random-source.ts';
import { scoreUnfamiliarity, toUnitLength } from '../../../model/verdict/unfamiliarity.ts';

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
  const plain = { centre: new Float64Array(5), scale: 1 };

  /** Vectors of five features, of which the first and the last decide. */
  function drawExamples(count: number) {
    const random = randomSource(4);
    const matrix = new FeatureMatrix(count, 5, 1);
    const isPositive = Array.from({ length: count }, (_, row) => {
      const vector = Float32Array.from({ length: 5 }, () => random() * 2 - 1);
      matrix.row(row).set(vector);
      return random() < 1 / (1 + Math.exp((vector[4] as number) - 2 * (vector[0] as number) - 0.5));
    });
    return { matrix, isPositive, weights: new Array<number>(count).fill(1) };
  }

  it('finds the log-odds that examples were drawn with', () => {
    const data = drawExamples(3000);

    const { weights, bias } = fitLogistic(data, [{ from: 0, to: 3000 }], { penalty: 1e-6, ...plain });

    for (const [at, weight] of [2, 0, 0, 0, -1].entries()) {
      expect(Math.abs((weights[at] as number) - weight)).toBeLessThan(0.25);
    }
    expect(Math.abs(bias - 0.5)).toBeLessThan(0.2);
  });

  it('finds the same head on vectors that are moved and scaled, where no penalty pulls at it', () => {
    const data = drawExamples(500);
    const ranges = [{ from: 0, to: 500 }];
    const centre = Float64Array.of(0.1, 0.2, 0, 0, -0.3);

    const first = fitLogistic(data, ranges, { penalty: 0, ...plain });
    const second = fitLogistic(data, ranges, { penalty: 0, centre, scale: 3 });

    for (const [at, weight] of second.weights.entries()) expect(weight).toBeCloseTo(first.weights[at] as number, 1);
    expect(second.bias).toBeCloseTo(first.bias, 1);
  });

  it('counts examples by their weights, and takes only the rows that it is given', () => {
    const matrix = new FeatureMatrix(3, 1, 1);
    const data = { matrix, isPositive: [true, false, false], weights: [3, 1, 100] };

    const { weights, bias } = fitLogistic(data, [{ from: 0, to: 2 }], {
      penalty: 1,
      centre: new Float64Array(1),
      scale: 1,
    });

    expect(bias).toBeCloseTo(Math.log(3), 2);
    expect(weights[0]).toBe(0);
  });
});

describe('fitUnfamiliarity', () => {
  const scoresOf = (rows: readonly Float32Array[], labels: readonly number[]) => {
    const matrix = new FeatureMatrix(rows.length, 4, 1);
    for (const [row, features] of rows.entries()) matrix.row(row).set(toUnitLength(features));
    const weights = labels.map(() => 1);
    const range = { from: 0, to: rows.length };
    const fitted = fitUnfamiliarity({ matrix, labels, weights }, [range], { hasOthers: false });
    return rows.map((features) => scoreUnfamiliarity(fitted, features));
  };

  it('gives scores in standard deviations of known photos, so that those of several fits compare', () => {
    const random = randomSource(11);
    const draw = (axis: number) => Float32Array.from({ length: 4 }, (_, at) => (at === axis ? 3 : 0) + random());
    const known = Array.from({ length: 60 }, (_, index) => draw(index % 2));
    const strange = Array.from({ length: 20 }, () => draw(3));

    const scores = scoresOf([...known, ...strange], [...known.map((_, index) => index % 2), ...strange.map(() => -1)]);

    const ofKnown = scores.slice(0, known.length);
    const mean = ofKnown.reduce((sum, score) => sum + score, 0) / known.length;
    const variance = ofKnown.reduce((sum, score) => sum + (score - mean) ** 2, 0) / known.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(variance).toBeCloseTo(1, 4);
    expect(Math.min(...scores.slice(known.length))).toBeGreaterThan(Math.max(...ofKnown));
  });

  it.each([0, 1e-5, 1e-4])('stays in measure where known photos differ by %s', (difference) => {
    const random = randomSource(3);
    const first = Array.from({ length: 4 }, () => random());
    const alike = Array.from({ length: 37 }, () => Float32Array.from(first, (value) => value + difference * random()));

    const scores = scoresOf([...alike, Float32Array.of(0, 0, 0, 1)], [...alike.map(() => 0), -1]);

    // Rounded sums of numbers up to ten thousand times the deviation.
    expect(Math.max(...scores.slice(0, -1).map(Math.abs))).toBeLessThan(10);
    expect(scores.at(-1)).toBeGreaterThan(10);
    expect(scores.at(-1)).toBeLessThan(1e6);
  });
});

describe('drawEmptyPhoto', () => {
  // A model that is calibrated again, or on another machine, is to meet the very pictures that it met before.
  const sums = new Map([
    ['solid', '40524448c795b083'],
    ['gradient', '0458e10ad564f4f6'],
    ['noise', '9ea0f349fb0f97ac'],
    ['text', '088a934467521c89'],
  ]);

  it.each(emptyPhotoKinds)('draws %s the same for the same seed, and another for another', (kind) => {
    const photo = drawEmptyPhoto(kind, 7);

    expect([photo.width, photo.height, photo.data.length]).toEqual([122, 134, 122 * 134 * 3]);
    expect(createHash('sha256').update(photo.data).digest('hex').slice(0, 16)).toBe(sums.get(kind));
    expect(drawEmptyPhoto(kind, 8).data).not.toEqual(photo.data);
  });

  it('writes text in ink that differs from the paper', () => {
    expect(new Set(drawEmptyPhoto('text', 3).data).size).toBeLessThanOrEqual(6);
    expect(new Set(drawEmptyPhoto('text', 3).data).size).toBeGreaterThan(1);
  });
});
