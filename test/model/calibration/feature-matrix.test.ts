import { expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

const random = randomNumbers(3);
const draw = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);

// Blocks have 64 rows; columns are filled up to fours.
it.each([
  [3, 5, 2],
  [64, 8, 4],
  [150, 13, 7],
])('multiplies %d rows of %d features as plain loops do, there and back', (rows, features, labels) => {
  const matrix = new FeatureMatrix(rows, features, labels);
  const values = Array.from({ length: rows }, () => draw(features));
  for (const [index, row] of values.entries()) matrix.row(index).set(row);
  const [weights, bias] = [draw(labels * features), draw(labels)];
  const ranges = [{ from: 0, to: 2 }, { from: 3, to: rows }]; // biome-ignore format: one thought
  const expected = new Float64Array(labels * features);
  const scores = new Map<number, number[]>();

  const sums = matrix.multiplyBack(weights, bias, ranges, (first, block) => {
    for (let at = 0; at < block.length; at += labels)
      scores.set(first + at / labels, [...block.slice(at, at + labels)]);
    return block;
  });

  expect([...scores.keys()]).toEqual([...values.keys()].filter((row) => row !== 2));

  for (const [row, found] of scores) {
    for (const [label, score] of found.entries()) {
      const own = values[row] as Float32Array;
      const plain = own.reduce(
        (sum, x, at) => sum + x * (weights[label * features + at] as number),
        bias[label] as number,
      );
      expect(score).toBeCloseTo(plain, 5);
      for (const [at, x] of own.entries())
        expected[label * features + at] = (expected[label * features + at] as number) + x * score;
    }
  }
  for (const [at, sum] of sums.entries()) expect(sum).toBeCloseTo(expected[at] as number, 4);
});
