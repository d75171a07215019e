import { expect, it } from 'vitest';
import { compareScores } from '../../../model/parity/compare-scores.ts';

const pair = (scores: readonly number[], reference: readonly number[]) => ({
  scores: Float32Array.from(scores),
  reference: Float32Array.from(reference),
});

it('tells the largest difference as a share of the range of all references', () => {
  const report = compareScores([pair([1, 2], [1, 2]), pair([-2.5, 6], [-2, 6])]);

  expect(report).toEqual({ photos: 2, largestDifference: 0.5 / 8, sameFirstLabels: true });
});

it('tells where another label comes first', () => {
  expect(compareScores([pair([1.1, 1], [1, 1.1])]).sameFirstLabels).toBe(false);
});

it('finds no difference between equal scores, even where all are the same', () => {
  expect(compareScores([pair([3, 3], [3, 3])]).largestDifference).toBe(0);
});

it.each([
  ['no number', [Number.NaN, 1]],
  ['missing', [0]],
])('counts a score that is %s as infinitely far off', (_, scores) => {
  expect(compareScores([pair(scores, [0, 1])]).largestDifference).toBe(Number.POSITIVE_INFINITY);
});
