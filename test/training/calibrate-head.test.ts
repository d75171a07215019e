import { expect, it } from 'vitest';
import type { LabelledLogits } from '../../model/calibration/temperature.ts';
import {
  type AnswerCalibration,
  calibrateAnswers,
  chooseRowsForUnfamiliar,
  joinCalibration,
} from '../../training/calibrate-head.ts';
import type { CalibratedUnfamiliarity } from '../../training/calibrate-on-rows.ts';

/** Photos of two labels, four in five of them named right. */
const answer = (count: number) =>
  Array.from({ length: count }, (_, at): LabelledLogits => {
    const label = at % 2;
    const said = at % 5 === 0 ? 1 - label : label;
    return { label, logits: Float32Array.of(said === 0 ? 2 : 0, said === 1 ? 2 : 0) };
  });

it.each([
  [19, undefined, 0],
  [20, 20, 20],
])('promises something after %i photos: %s', (count, photos, rows) => {
  const calibration = calibrateAnswers(answer(count), 1);

  expect(calibration?.fitted?.photos).toBe(photos);
  expect(chooseRowsForUnfamiliar(count, 1)).toHaveLength(rows);
});

it('learns what is familiar from 1,500 photos at most, the same ones for the same seed', () => {
  const rows = chooseRowsForUnfamiliar(1_510, 1);

  expect(new Set(rows).size).toBe(1_500);
  expect(Math.max(...rows)).toBeGreaterThan(1_500);
  expect(chooseRowsForUnfamiliar(1_510, 1)).toEqual(rows);
  expect(chooseRowsForUnfamiliar(1_510, 2)).not.toEqual(rows);
});

it('joins what was learned of answers and of what is unfamiliar', () => {
  const crossFitted = { accuracy: 0.8 };
  const answers: AnswerCalibration = { temperature: 1.5, unsureBelow: 0.9, fitted: { photos: 20, crossFitted } };
  const statistics = { above: 2, weights: Float32Array.of(1), bias: 0, cosineWeight: 1, prototypes: Int8Array.of(127) };
  const unfamiliarity: CalibratedUnfamiliarity = { statistics, figures: { unfamiliar: { ofPhotos: 0.02 } } };

  const joined = joinCalibration(answers, unfamiliarity, { photos: 20, others: 2 });

  expect(joined).toMatchObject({
    temperature: 1.5,
    unsureBelow: 0.9,
    unfamiliar: { above: 2 },
    fitted: { photos: 20, others: 2, crossFitted: { accuracy: 0.8, unfamiliar: { ofPhotos: 0.02 } } },
  });
  expect(joinCalibration(undefined, unfamiliarity, { photos: 9, others: 0 })).toBeUndefined();
});
