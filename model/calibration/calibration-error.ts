import { randomSource } from './random-source.ts';

/** The probability that a model gave its first label, and whether that label was right. */
export interface JudgedAnswer {
  readonly probability: number;
  readonly isRight: boolean;
}

/** Answers of like probability together. */
export interface ReliabilityBin {
  readonly photos: number;
  readonly meanProbability: number;
  readonly accuracy: number;
}

const bins = 10;
const mostSimulations = 2000;
/** A percentile is steady enough by fewer; many answers would take minutes. */
const fewestSimulations = 200;
const mostDraws = 20_000_000;
const simulationSeed = 1;

/** The answers by rising probability in ten bins of equal mass (sizes differ by one at most); fewer with few answers. */
export function binAnswers(answers: readonly JudgedAnswer[]): ReliabilityBin[] {
  const sorted = answers.toSorted((one, other) => one.probability - other.probability);
  const count = Math.min(bins, sorted.length);
  return Array.from({ length: count }, (_, bin) => {
    const begin = Math.floor((bin * sorted.length) / count);
    const within = sorted.slice(begin, Math.floor(((bin + 1) * sorted.length) / count));
    return {
      photos: within.length,
      meanProbability: within.reduce((sum, answer) => sum + answer.probability, 0) / within.length,
      accuracy: within.filter((answer) => answer.isRight).length / within.length,
    };
  });
}

/** Expected calibration error: the mean distance, over bins of equal mass, between probability and accuracy. 0 to 1. */
export function measureCalibrationError(answers: readonly JudgedAnswer[]): number {
  return binAnswers(answers).reduce(
    (sum, bin) => sum + (bin.photos / answers.length) * Math.abs(bin.meanProbability - bin.accuracy),
    0,
  );
}

/**
 * What {@link measureCalibrationError} shows for a perfectly calibrated model at these probabilities, only because the
 * photos are few: its mean and its 95th percentile over 2,000 draws in which each answer is right as often as it says; over
 * fewer of more than 10,000 answers, down to 200.
 */
export function simulatePerfectCalibration(answers: readonly JudgedAnswer[]): { mean: number; percentile95: number } {
  const random = randomSource(simulationSeed);
  const affordable = Math.floor(mostDraws / answers.length);
  const simulations = Math.min(mostSimulations, Math.max(fewestSimulations, affordable));
  // Sorted once: the probabilities stay the same, only what is right is drawn anew.
  const order = Array.from(answers.keys()).sort(
    (one, other) => probabilityOf(answers, one) - probabilityOf(answers, other),
  );
  const means = binAnswers(answers).map(({ photos, meanProbability }) => ({ photos, meanProbability }));
  const isRight = new Uint8Array(answers.length);
  const drawError = () => {
    for (const [at, { probability }] of answers.entries()) isRight[at] = random() < probability ? 1 : 0;
    let next = 0;
    let error = 0;
    for (const { photos, meanProbability } of means) {
      let right = 0;
      for (const end = next + photos; next < end; next++) right += isRight[order[next] as number] as number;
      error += (photos / answers.length) * Math.abs(meanProbability - right / photos);
    }
    return error;
  };
  const errors = Float64Array.from({ length: simulations }, drawError).sort();
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / simulations,
    percentile95: errors[Math.floor(simulations * 0.95)] as number,
  };
}

function probabilityOf(answers: readonly JudgedAnswer[], at: number): number {
  return answers[at]?.probability ?? 0;
}
