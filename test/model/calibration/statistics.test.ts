import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../model/calibration/random-source.ts';
import { rocArea } from '../../../model/calibration/roc-area.ts';
import { fitTemperature } from '../../../model/calibration/temperature.ts';
import { chooseUnfamiliarAbove, quantile } from '../../../model/calibration/unfamiliar-above.ts';
import { chooseUnsureBelow } from '../../../model/calibration/unsure-below.ts';
import { wilsonInterval } from '../../../model/calibration/wilson-interval.ts';
import { toProbabilities } from '../../../model/verdict/probabilities.ts';

describe('wilsonInterval', () => {
  it.each([
    [8, 10, 0.4902, 0.9433],
    [0, 20, 0, 0.1611],
    [50, 50, 0.9287, 1],
  ])('of %i in %i is %f to %f', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);

    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('never reaches beyond 0 and 1, however numbers are rounded', () => {
    for (let trials = 1; trials <= 400; trials++) {
      expect(wilsonInterval(trials, trials).high).toBeLessThanOrEqual(1);
      expect(wilsonInterval(0, trials).low).toBeGreaterThanOrEqual(0);
    }
  });

  it('is everything where nothing was tried', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('rocArea', () => {
  it.each([
    [[3, 4], [1, 2], 1],
    [[1, 2], [3, 4], 0],
    [[1, 3], [2, 2], 0.5],
    [[2, 2], [2], 0.5],
    [[2, 3], [1, 2], 0.875],
  ])('of %j above %j is %f', (positives, negatives, area) => {
    expect(rocArea(positives, negatives)).toBeCloseTo(area, 10);
  });
});

describe('fitTemperature', () => {
  it.each([0.5, 1, 2.5])('finds the temperature %f that labels were drawn with', (temperature) => {
    const random = randomSource(3);
    const photos = Array.from({ length: 4000 }, () => {
      const logits = Float32Array.from({ length: 4 }, () => random() * 6);
      let left = random();
      const label = toProbabilities(logits, temperature).findIndex((probability) => {
        left -= probability;
        return left < 0;
      });
      return { logits, label: Math.max(label, 0) };
    });

    expect(fitTemperature(photos) / temperature).toBeCloseTo(1, 1);
  });

  it('refuses to fit nothing', () => {
    expect(() => fitTemperature([])).toThrow('at least one photo');
  });
});

describe('chooseUnsureBelow', () => {
  it('takes the lowest probability from which on answers are right often enough', () => {
    const sure = Array.from({ length: 98 }, () => ({ probability: 0.99, isRight: true }));
    const less = Array.from({ length: 20 }, () => ({ probability: 0.9, isRight: true }));
    const wrong = Array.from({ length: 20 }, () => ({ probability: 0.6, isRight: false }));

    expect(chooseUnsureBelow([...wrong, ...less, ...sure], 0.98)).toBe(0.9);
  });

  it('calls nothing confident where answers are never right often enough', () => {
    expect(chooseUnsureBelow([{ probability: 0.7, isRight: false }], 0.98)).toBe(1);
  });
});

describe('chooseUnfamiliarAbove', () => {
  const known = Array.from({ length: 101 }, (_, score) => score);

  it('leaves 2 % of the known photos above it where there are no others', () => {
    expect(chooseUnfamiliarAbove(known, [])).toBe(98);
  });

  it('moves halfway up to the others where these lie far away', () => {
    expect(chooseUnfamiliarAbove(known, [200, 200, 200])).toBe(149);
  });

  it('does not move down to others that look like known photos', () => {
    expect(chooseUnfamiliarAbove(known, [50, 200])).toBe(98);
  });

  it('takes quantiles between scores in proportion', () => {
    expect(quantile([10, 0], 0.25)).toBe(2.5);
  });
});
