import type { FeatureMatrix, RowRange } from '../../model/calibration/feature-matrix.ts';
import { minimise } from '../../model/calibration/minimise.ts';

/** A dense layer: scores = features × weights + bias. */
export interface LinearHead {
  /** Label after label, one weight a feature. */
  readonly weights: Float32Array;
  /** One number a label. */
  readonly bias: Float32Array;
}

/** How features are brought to a mean of 0 and a deviation of 1 while a head is fitted. */
export interface Standardisation {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

export interface RegressionData {
  /** What is fitted on. */
  readonly matrix: FeatureMatrix;
  /** The same photos as they are asked about later: without their mirror images. */
  readonly plain: FeatureMatrix;
  /** The label of each row. */
  readonly labels: ArrayLike<number>;
  readonly labelCount: number;
  readonly standardisation: Standardisation;
}

export interface RegressionOptions {
  /** Half of it, times the sum of squared weights of standardised features, is added to the mean loss; 0 or more. */
  readonly penalty: number;
  /** Where to begin: what an earlier fit returned, for data of the same shape. */
  readonly start?: Float64Array | undefined;
}

export interface FittedRegression {
  readonly head: LinearHead;
  /** For {@link RegressionOptions.start}. */
  readonly point: Float64Array;
}

const leastGain = 3e-5;
const mostSteps = 200;

/**
 * Multinomial logistic regression on the rows of `ranges`: the weights and biases of the lowest mean loss (the negative
 * logarithm of the right label's probability, in nats) plus penalty. The biases are free.
 */
export function fitSoftmaxRegression(
  data: RegressionData,
  ranges: readonly RowRange[],
  { penalty, start }: RegressionOptions,
): FittedRegression {
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
      const back = new Float32Array(scores.length);
      for (let at = 0; at < scores.length; at += labelCount) {
        const label = labels[first + at / labelCount] as number;
        loss += writeErrors(scores, back, at, labelCount, label);
        for (let one = 0; one < labelCount; one++) totals[one] = (totals[one] as number) + (back[at + one] as number);
      }
      return back;
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
function startFor({ matrix, labels, labelCount }: RegressionData, ranges: readonly RowRange[]): Float64Array {
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

/** Writes probability less 1 for the right label, and probability for the others; returns the loss. */
function writeErrors(scores: Float32Array, errors: Float32Array, at: number, count: number, label: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let one = 0; one < count; one++) largest = Math.max(largest, scores[at + one] as number);
  let sum = 0;
  for (let one = 0; one < count; one++) {
    const power = Math.exp((scores[at + one] as number) - largest);
    errors[at + one] = power;
    sum += power;
  }
  for (let one = 0; one < count; one++) errors[at + one] = (errors[at + one] as number) / sum;
  errors[at + label] = (errors[at + label] as number) - 1;
  return Math.log(sum) + largest - (scores[at + label] as number);
}

/** A head for features as they are: the standardisation goes into its weights. */
function toPlainHead(point: Float64Array, labelCount: number, { mean, deviation }: Standardisation): LinearHead {
  const features = mean.length;
  const weights = new Float32Array(labelCount * features);
  const bias = new Float32Array(labelCount);
  for (let label = 0; label < labelCount; label++) {
    let offset = point[labelCount * features + label] as number;
    for (let feature = 0; feature < features; feature++) {
      const at = label * features + feature;
      const weight = (point[at] as number) / (deviation[feature] as number);
      weights[at] = weight;
      offset -= weight * (mean[feature] as number);
    }
    bias[label] = offset;
  }
  return { weights, bias };
}

/** Of all rows; a feature that is always the same has a deviation of 1. */
export function standardise(matrix: FeatureMatrix): Standardisation {
  const { rows, features } = matrix;
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  for (let index = 0; index < rows; index++) {
    const row = matrix.row(index);
    for (let feature = 0; feature < features; feature++) {
      const value = row[feature] as number;
      sums[feature] = (sums[feature] as number) + value;
      squares[feature] = (squares[feature] as number) + value * value;
    }
  }
  const mean = Float32Array.from(sums, (sum) => sum / rows);
  const deviation = Float32Array.from(squares, (square, feature) => {
    const variance = square / rows - (mean[feature] as number) ** 2;
    return variance > leastVariance ? Math.sqrt(variance) : 1;
  });
  return { mean, deviation };
}

const leastVariance = 1e-10;
