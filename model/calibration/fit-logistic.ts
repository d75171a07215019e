import type { FeatureMatrix, RowRange } from './feature-matrix.ts';
import { minimise } from './minimise.ts';

/** Vectors, how much each counts, and whether it is of the kind that the head is to tell. */
export interface LogisticData {
  readonly matrix: FeatureMatrix;
  readonly isPositive: readonly boolean[];
  /** In any unit: only their proportions count. */
  readonly weights: readonly number[];
}

export interface LogisticOptions {
  /** Half of it, times the sum of squared weights of vectors moved and scaled, is added to the mean loss. */
  readonly penalty: number;
  /** What is taken away from each vector while the head is fitted, and what it is multiplied by then. */
  readonly centre: Float64Array;
  readonly scale: number;
}

const leastGain = 1e-7;
const mostSteps = 150;

/**
 * Logistic regression on the rows of `ranges`: the lowest weighted mean loss (the negative logarithm of the right answer's
 * probability, in nats) plus penalty. The bias is free. Returns weights and bias of the log-odds for vectors as they are.
 */
export function fitLogistic(
  { matrix, isPositive, weights }: LogisticData,
  ranges: readonly RowRange[],
  { penalty, centre, scale }: LogisticOptions,
): { readonly weights: Float32Array; readonly bias: number } {
  const size = matrix.features;
  const total = sumOver(ranges, weights);

  const toHead = (point: Float64Array) => {
    const plain = Float32Array.from({ length: size }, (_, at) => (point[at] as number) * scale);
    const offset = plain.reduce((sum, weight, at) => sum + weight * (centre[at] as number), 0);
    return { weights: plain, bias: (point[size] as number) - offset };
  };
  const evaluate = (point: Float64Array) => {
    const head = toHead(point);
    let loss = 0;
    let pull = 0;
    const product = matrix.multiplyBack(head.weights, Float32Array.of(head.bias), ranges, (first, scores) => {
      for (const [at, score] of scores.entries()) {
        const share = (weights[first + at] as number) / total;
        const towards = isPositive[first + at] ? score : -score;
        // The larger of both powers taken out, so that neither overflows.
        loss += share * (Math.max(-towards, 0) + Math.log1p(Math.exp(-Math.abs(towards))));
        const error = share * (1 / (1 + Math.exp(-score)) - (isPositive[first + at] ? 1 : 0));
        pull += error;
        scores[at] = error;
      }
      return scores;
    });
    const gradient = new Float64Array(size + 1);
    let squares = 0;
    for (let at = 0; at < size; at++) {
      const weight = point[at] as number;
      gradient[at] = scale * ((product[at] as number) - (centre[at] as number) * pull) + penalty * weight;
      squares += weight * weight;
    }
    gradient[size] = pull;
    return { value: loss + (penalty / 2) * squares, gradient };
  };

  return toHead(minimise(evaluate, new Float64Array(size + 1), { leastGain, mostSteps }));
}

function sumOver(ranges: readonly RowRange[], values: readonly number[]): number {
  let sum = 0;
  for (const { from, to } of ranges) for (let row = from; row < to; row++) sum += values[row] as number;
  return sum;
}
