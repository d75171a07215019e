import type { FeatureMatrix } from '../../model/calibration/feature-matrix.ts';

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

/** What heads are fitted on. */
export interface HeadData {
  readonly matrix: FeatureMatrix;
  /** The label of each row. */
  readonly labels: ArrayLike<number>;
  readonly labelCount: number;
  readonly standardisation: Standardisation;
}

export interface FittedHead {
  readonly head: LinearHead;
  /** The weights for standardised features, label after label, and the biases: where a later fit may begin. */
  readonly point: Float64Array;
}

const leastVariance = 1e-10;

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

/** A head for features as they are: the standardisation goes into its weights. */
export function toPlainHead(point: Float64Array, labelCount: number, { mean, deviation }: Standardisation): LinearHead {
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

/** The sum of heads, each divided by its temperature: so each counts as much as it is sure. */
export function addHeads(heads: readonly { readonly head: LinearHead; readonly temperature: number }[]): LinearHead {
  const add = (values: (head: LinearHead) => Float32Array) => {
    const sum = new Float32Array(heads[0] === undefined ? 0 : values(heads[0].head).length);
    for (const { head, temperature } of heads) {
      for (const [at, value] of values(head).entries()) sum[at] = (sum[at] as number) + value / temperature;
    }
    return sum;
  };
  return { weights: add(({ weights }) => weights), bias: add(({ bias }) => bias) };
}
