import type { JudgedAnswer } from './calibration-error.ts';

const highestThreshold = 0.9999;

/**
 * The lowest probability from which on answers are right as often as `aim`, at the highest coverage. How often they are
 * right is the mean of two estimates: the count, which jumps where photos are few, and the mean of their calibrated
 * probabilities, which is steady. To four decimals and below 1, so that an answer whose probability rounds to 1 passes it; 1, which
 * nothing passes, where no threshold serves.
 */
export function chooseUnsureBelow(answers: readonly JudgedAnswer[], aim: number): number {
  const sorted = answers.toSorted((one, other) => other.probability - one.probability);
  let right = 0;
  let believed = 0;
  let threshold = 1;
  for (const [index, { probability, isRight }] of sorted.entries()) {
    right += isRight ? 1 : 0;
    believed += probability;
    const isEndOfTies = sorted[index + 1]?.probability !== probability;
    if (isEndOfTies && (right + believed) / 2 >= aim * (index + 1))
      threshold = Math.min(highestThreshold, roundDown(probability));
  }
  return threshold;
}

/** To four decimals: no answer falls below a threshold that it made. */
function roundDown(probability: number): number {
  return Math.floor(probability * 1e4) / 1e4;
}
