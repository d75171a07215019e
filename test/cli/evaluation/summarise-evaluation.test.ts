import { expect, it } from 'vitest';
import type { Evaluation, Share } from '../../../cli/evaluation/evaluate-results.ts';
import { summariseEvaluation } from '../../../cli/evaluation/summarise-evaluation.ts';

const shareOf = (hits: number, photos: number): Share => ({ hits, photos, share: hits / photos, low: 0.1, high: 0.9 });

const evaluation: Evaluation = {
  accuracy: shareOf(2, 3),
  labels: [
    { label: 'hat', recall: shareOf(2, 3), precision: shareOf(2, 2) },
    { label: 'shoe', recall: shareOf(0, 0), precision: shareOf(0, 1) },
  ],
  confusion: [],
  calibration: { error: 0.123456, errorIfPerfect: { mean: 0, percentile95: 0 }, bins: [] },
  confident: { coverage: shareOf(1, 3), right: shareOf(1, 1) },
  uncalibrated: 0,
  coverage: [],
  worst: [],
};

it('keeps four decimals, and of labels those that photos showed', () => {
  expect(summariseEvaluation(evaluation)).toEqual({
    photos: 3,
    accuracy: 0.6667,
    accuracyInterval: [0.1, 0.9],
    calibrationError: 0.1235,
    confidentCoverage: 0.3333,
    confidentRight: 1,
    reliability: [],
    rightOfLabel: { hat: [2, 3] },
  });
});

it('says nothing of what no photo showed', () => {
  const confident = { coverage: shareOf(0, 3), right: shareOf(0, 0) };

  expect(summariseEvaluation({ ...evaluation, confident })).not.toHaveProperty('confidentRight');
});

it.each([
  [{ ofPhotos: shareOf(1, 4) }, { unfamiliarOfPhotos: 0.25 }],
  [
    { ofPhotos: shareOf(1, 4), ofOthers: shareOf(3, 4) },
    { unfamiliarOfPhotos: 0.25, unfamiliarOfOthers: 0.75 },
  ],
])('keeps how many were unfamiliar where that was measured', (unfamiliar, kept) => {
  expect(summariseEvaluation({ ...evaluation, unfamiliar })).toEqual({ ...summariseEvaluation(evaluation), ...kept });
});
