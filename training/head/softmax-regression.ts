import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import { minimise } from '../../model/calibration/minimise.ts';
import { type FittedHead, type HeadData, toPlainHead } from './linear-head.ts';

export interface RegressionOptions {
  /** Half of it, times the sum of squared weights of standardised features, is added to the mean loss; 0 or more. */
  readonly penalty: number;
  /** Where to begin: what an earlier fit returned, for data of the same shape. */
  readonly start?: Float64Array | undefined;
}

const leastGain = 1e-4;
const mostSteps = 200;

/**
 * Multinomial logistic regression on the rows of `ranges`: the weights and biases of the lowest mean loss (the negative
 * logarithm of the right label's probability, in nats) plus penalty. The biases are free.
 */
export function fitSoftmaxRegression(
  data: HeadData,
  ranges: readonly RowRange[],
  { penalty, start }: RegressionOptions,
): FittedHead {
  const { matrix, labels, labelCount, standardisation } = data;
  const { features } = matrix;
  const count = labelCount * features;
  const rows = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const { mean, deviation } = standardisation;

  const evaluate = (point: Float64Array) => {
    const head = toPlainHead(point, labelCount, standardisation);
    const totals = new Float64Array(labelCount);
    let loss = 0;
    const product = matrix.multiplyBack(head.weights, head.bias, ranges, (first, scores) => {
      for (let at = 0; at < scores.length; at += labelCount) {
        const label = labels[first + at / labelCount] as number;
        loss += toErrors(scores, at, labelCount, label);
        for (let one = 0; one < labelCount; one++) totals[one] = (totals[one] as number) + (scores[at + one] as number);
      }
      return scores;
    });
    const gradient = new Float64Array(point.length);
    let squares = 0;
    for (let label = 0; label < labelCount; label++) {
      const total = totals[label] as number;
      for (let feature = 0; feature < features; feature++) {
        const at = label * features + feature;
        const weight = point[at] as number;
        const plain = (product[at] as number) - (mean[feature] as number) * total;
        gradient[at] = plain / ((deviation[feature] as number) * rows) + penalty * weight;
        squares += weight * weight;
      }
      gradient[count + label] = total / rows;
    }
    return { value: loss / rows + (penalty / 2) * squares, gradient };
  };

  const point = minimise(evaluate, start ?? startFor(data, ranges), { leastGain, mostSteps });
  return { head: toPlainHead(point, labelCount, standardisation), point };
}

/** No weights, and biases that give each label its share of the rows. */
function startFor({ matrix, labels, labelCount }: HeadData, ranges: readonly RowRange[]): Float64Array {
  const counts = new Array<number>(labelCount).fill(0);
  for (const { from, to } of ranges) {
    for (let row = from; row < to; row++) {
      const label = labels[row] as number;
      counts[label] = (counts[label] as number) + 1;
    }
  }
  const point = new Float64Array(labelCount * (matrix.features + 1));
  // A label that happens to be in none of them is as rare as one that is there once.
  point.set(
    counts.map((count) => Math.log(Math.max(count, 1))),
    labelCount * matrix.features,
  );
  return point;
}

/** Turns scores into probabilities, less 1 for the right label, in their place; returns the loss. */
function toErrors(scores: Float32Array, at: number, count: number, label: number): number {
  const own = scores[at + label] as number;
  let largest = Number.NEGATIVE_INFINITY;
  for (let one = 0; one < count; one++) largest = Math.max(largest, scores[at + one] as number);
  let sum = 0;
  for (let one = 0; one < count; one++) {
    const power = Math.exp((scores[at + one] as number) - largest);
    scores[at + one] = power;
    sum += power;
  }
  for (let one = 0; one < count; one++) scores[at + one] = (scores[at + one] as number) / sum;
  scores[at + label] = (scores[at + label] as number) - 1;
  return Math.log(sum) + largest - own;
}
