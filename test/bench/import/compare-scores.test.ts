import { expect, it } from 'vitest';
import { differenceAsShareOfRange, hasSameFirstLabel, isWithinAllowed } from '../../../bench/import/compare-scores.ts';

const expected = Float32Array.of(-1, 3, 1);

it.each([
  ['the same scores', [-1, 3, 1], 0],
  ['one that is off by a tenth of the range', [-1, 3, 1.4], 0.1],
  ['a missing score', [-1, 3], Number.POSITIVE_INFINITY],
  ['a score too many', [-1, 3, 1, 0], Number.POSITIVE_INFINITY],
  ['a score that is no number', [-1, Number.NaN, 1], Number.POSITIVE_INFINITY],
])('compares with %s', (_what, scores, difference) => {
  expect(differenceAsShareOfRange(scores, expected)).toBeCloseTo(difference, 6);
});

it.each([
  ['the same', [0, 2, 1], 0.1, true],
  ['another, where the lead is clear', [0, 1, 2], 0.1, false],
  ['another, where the difference explains it', [0, 1, 2], 0.3, true],
])('takes the first label as %s', (_what, scores, difference, same) => {
  expect(hasSameFirstLabel(Float32Array.from(scores), expected, difference)).toBe(same);
});

it.each([
  [{ float32: 9e-6, float16: 1.9e-3 }, true],
  [{ float32: 2e-5, float16: 1e-3 }, false],
  [{ float32: 1e-6, float16: 3e-3 }, false],
  [{ float32: Number.NaN, float16: 0 }, false],
])('finds %j within what is allowed: %s', (differences, allowed) => {
  expect(isWithinAllowed(differences)).toBe(allowed);
});
