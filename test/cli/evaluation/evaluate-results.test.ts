import { expect, it } from 'vitest';
import { type EvaluatedPhoto, evaluateResults } from '../../../cli/evaluation/evaluate-results.ts';

type Verdict = EvaluatedPhoto['verdict'];

/** A photo of a that was taken for it. */
const photo = (verdict: Verdict): EvaluatedPhoto => ({
  path: `${verdict}.jpg`,
  label: 'a',
  predicted: 'a',
  probability: 0.9,
  verdict,
  probabilities: [0.9, 0.1],
});

it.each<[readonly Verdict[], number, number]>([
  [['uncalibrated', 'uncalibrated', 'uncalibrated'], 3, 0],
  [['confident', 'unsure', 'confident'], 0, 2],
])('counts of %j how many nobody promises anything of, and how many are confident', (verdicts, uncalibrated, sure) => {
  const evaluation = evaluateResults(['a', 'b'], verdicts.map(photo), []);

  expect(evaluation.uncalibrated).toBe(uncalibrated);
  expect(evaluation.confident.coverage).toMatchObject({ share: sure / 3 });
});

it('keeps in its coverage an answer of just the probability that is asked for', () => {
  const { coverage } = evaluateResults(['a', 'b'], [photo('confident')], []);

  expect(coverage.filter(({ coverage }) => coverage === 1).map(({ atLeast }) => atLeast)).toContain(0.9);
  expect(coverage.filter(({ coverage }) => coverage === 0).map(({ atLeast }) => atLeast)).toEqual([0.95, 0.99]);
});
