import { indexOfLargest } from '../verdict/probabilities.ts';

/** How far two ways to the same answers are apart. */
export interface Agreement {
  readonly photos: number;
  /** Of a score, as a share of the range that the reference's scores of all photos span. */
  readonly largestDifference: number;
  readonly sameFirstLabels: boolean;
}

export interface ScorePair {
  /** One a label. */
  readonly scores: Float32Array;
  readonly reference: Float32Array;
}

/** Compares the scores of one or more photos with a reference's. An answer that is no number counts as infinitely far off. */
export function compareScores(pairs: readonly ScorePair[]): Agreement {
  const references = pairs.flatMap(({ reference }) => [...reference]);
  const range = Math.max(...references) - Math.min(...references);
  const differences = pairs.flatMap(({ scores, reference }) =>
    Array.from(reference, (expected, label) => Math.abs((scores[label] ?? Number.NaN) - expected)),
  );
  const largest = differences.reduce(
    // NaN compares as false with everything.
    (most, difference) =>
      difference <= most ? most : Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference,
    0,
  );
  return {
    photos: pairs.length,
    largestDifference: largest === 0 ? 0 : largest / range,
    sameFirstLabels: pairs.every(({ scores, reference }) => indexOfLargest(scores) === indexOfLargest(reference)),
  };
}
