import { describe, expect, it } from 'vitest';
import {
  binAnswers,
  type JudgedAnswer,
  measureCalibrationError,
  simulatePerfectCalibration,
} from '../../../model/calibration/calibration-error.ts';

function repeat(count: number, probability: number, right: number): JudgedAnswer[] {
  return Array.from({ length: count }, (_, index) => ({ probability, isRight: index < right }));
}

describe('binAnswers', () => {
  it('puts as many answers into each of ten bins, one more or less', () => {
    const answers = Array.from({ length: 37 }, (_, index) => ({ probability: index / 37, isRight: true }));
    const sizes = binAnswers(answers).map((bin) => bin.photos);

    expect(sizes).toHaveLength(10);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(37);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1);
  });

  it('makes as many bins as there are answers where these are fewer than ten', () => {
    expect(binAnswers(repeat(3, 0.5, 1))).toHaveLength(3);
  });
});

describe('measureCalibrationError', () => {
  it('is the distance between probability and accuracy', () => {
    const answers = [...repeat(100, 0.6, 60), ...repeat(100, 0.9, 90)].map((answer, index) => ({
      ...answer,
      // Every bin gets the accuracy of its half: the order within equal probabilities is that of the input.
      isRight: index % 10 < (answer.probability === 0.6 ? 6 : 9),
    }));

    expect(measureCalibrationError(answers)).toBeCloseTo(0, 10);
    expect(measureCalibrationError(answers.map((answer) => ({ ...answer, probability: 1 })))).toBeCloseTo(0.25, 10);
  });
});

describe('simulatePerfectCalibration', () => {
  it('is zero where every answer is certain, and falls with the number of photos', () => {
    expect(simulatePerfectCalibration(repeat(50, 1, 50))).toEqual({ mean: 0, percentile95: 0 });

    const few = simulatePerfectCalibration(repeat(100, 0.8, 80));
    const many = simulatePerfectCalibration(repeat(400, 0.8, 320));

    expect(many.mean).toBeLessThan(few.mean * 0.6);
    expect(few.percentile95).toBeGreaterThan(few.mean);
  });

  it('gives the same figures every time', () => {
    const answers = repeat(60, 0.7, 40);

    expect(simulatePerfectCalibration(answers)).toEqual(simulatePerfectCalibration(answers));
  });
});
