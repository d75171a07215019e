import { describe, expect, it } from 'vitest';
import { scoreUnfamiliarity, type Unfamiliarity } from '../../../model/verdict/unfamiliarity.ts';
import { UnfamiliarityScorer } from '../../../model/verdict/unfamiliarity-scorer.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

function drawStatistics(features: number, prototypes: number): Unfamiliarity {
  const random = randomNumbers(features + prototypes);
  return {
    above: 0,
    bias: 0.5,
    cosineWeight: 9.8,
    weights: Float32Array.from({ length: features }, () => random() * 20 - 10),
    prototypes: Int8Array.from({ length: features * prototypes }, () => random() * 256 - 128),
  };
}

describe('UnfamiliarityScorer', () => {
  it.each([
    [1, 1],
    [3, 2],
    [4, 1],
    [13, 5],
    [1_280, 50],
  ])('scores %i features by %i prototypes as the formula does', (features, prototypes) => {
    const statistics = drawStatistics(features, prototypes);
    const scorer = new UnfamiliarityScorer(statistics);
    const random = randomNumbers(7);

    for (let photo = 0; photo < 5; photo++) {
      const vector = Float32Array.from({ length: features }, () => random() * 3);

      // The formula rounds features of length 1 to single precision.
      expect(Math.abs(scorer.score(vector) - scoreUnfamiliarity(statistics, vector))).toBeLessThan(1e-6);
    }
  });

  it('scores features that are all zero by the bias alone', () => {
    const statistics = drawStatistics(8, 3);

    const score = new UnfamiliarityScorer(statistics).score(new Float32Array(8));

    expect(score).toBe(scoreUnfamiliarity(statistics, new Float32Array(8)));
    expect(score).toBe(0.5);
  });

  it('forgets the photo before', () => {
    const statistics = drawStatistics(6, 2);
    const scorer = new UnfamiliarityScorer(statistics);
    const vector = Float32Array.of(1, 2, 3, 4, 5, 6);
    const first = scorer.score(vector);

    scorer.score(Float32Array.of(6, 0, 0, 1, 0, 2));

    expect(scorer.score(vector)).toBe(first);
  });
});
