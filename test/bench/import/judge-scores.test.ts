import { expect, it } from 'vitest';
import { accuracyOf, agreementOf, probabilityChanges } from '../../../bench/import/judge-scores.ts';
import { splitRows } from '../../../bench/import/read-numbers.ts';

const scores = splitRows(Float32Array.of(2, 0, 0, 2, 1, 0, 0, 1), 4);
const others = splitRows(Float32Array.of(2, 0, 2, 0, 1, 0, 0, 1), 4);

it('counts right first labels, and those that two models share', () => {
  expect(accuracyOf(scores, [0, 1, 1, 1])).toBe(0.75);
  expect(agreementOf(scores, others)).toBe(0.75);
});

it('finds the largest change of a probability, and the mean of that of the first label', () => {
  const turned = Math.tanh(1);

  expect(probabilityChanges(scores, others, 1)).toEqual({
    most: expect.closeTo(turned),
    mean: expect.closeTo(turned / 4),
  });

  const sharper = probabilityChanges(scores, others, 0.5);

  expect(sharper.most).toBeCloseTo(Math.tanh(2));
});

it('lets no answer that is no number pass for a small change', () => {
  const broken = splitRows(Float32Array.of(Number.NaN, 0, 0, 2, 1, 0, 0, 1), 4);

  expect(probabilityChanges(scores, broken, 1).most).toBeNaN();
});
