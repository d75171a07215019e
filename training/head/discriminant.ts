import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import { addScaled, dot, solve } from './conjugate-gradients.ts';
import { type FittedHead, type HeadData, toPlainHead } from './linear-head.ts';

export interface DiscriminantOptions {
  /** Share of a sphere in the scatter within labels, above 0 and at most 1. */
  readonly shrinkage: number;
  /** Where to begin: what an earlier fit returned, for data of the same shape. */
  readonly start?: Float64Array | undefined;
}

/** Where the rows of labels lie, by standardised features. */
interface LabelCentres {
  /** The mean of all rows. */
  readonly centre: Float64Array;
  /** From there to the mean of each label. */
  readonly directions: readonly Float64Array[];
  /** Share of the rows that bear each label. */
  readonly shares: readonly number[];
}

const leastScatter = 1e-6;

/**
 * Linear discriminant analysis on the rows of `ranges`: the scatter within labels is taken for the same one in all of them,
 * and shrunk towards a sphere (J. Friedman, "Regularized Discriminant Analysis", 1989). The scatter of thousands of features
 * is never written down: conjugate gradients need but its products, and these come by way of the rows.
 */
export function fitDiscriminant(
  data: HeadData,
  ranges: readonly RowRange[],
  { shrinkage, start }: DiscriminantOptions,
): FittedHead {
  const { labelCount, standardisation } = data;
  const { features } = data.matrix;
  const centres = findCentres(data, ranges);
  const { centre, directions, shares } = centres;
  const between = directions.reduce(
    (sum, direction, label) => sum + (shares[label] as number) * dot(direction, direction),
    0,
  );
  // Each standardised feature has a variance of 1, and what of it does not lie between labels lies within them.
  const radius = Math.max(1 - between / features, leastScatter);
  const multiply = (vectors: readonly Float64Array[]) => {
    const products = multiplyScatter(data, ranges, centres, vectors);
    for (const [label, product] of products.entries()) {
      const vector = vectors[label] as Float64Array;
      for (let at = 0; at < features; at++) {
        product[at] = (1 - shrinkage) * (product[at] as number) + shrinkage * radius * (vector[at] as number);
      }
    }
    return products;
  };
  const first = directions.map(
    (_, label) => start?.slice(label * features, (label + 1) * features) ?? new Float64Array(features),
  );
  const point = new Float64Array(labelCount * (features + 1));
  for (const [label, weights] of solve(multiply, directions, first).entries()) {
    point.set(weights, label * features);
    const middle = dot(weights, centre) + dot(weights, directions[label] as Float64Array) / 2;
    point[labelCount * features + label] = Math.log(shares[label] as number) - middle;
  }
  return { head: toPlainHead(point, labelCount, standardisation), point };
}

function findCentres(
  { matrix, labels, labelCount, standardisation }: HeadData,
  ranges: readonly RowRange[],
): LabelCentres {
  const { mean, deviation } = standardisation;
  const { features } = matrix;
  const counts = new Array<number>(labelCount).fill(0);
  const nothing = new Float32Array(labelCount * features);
  const sums = matrix.multiplyBack(nothing, new Float32Array(labelCount), ranges, (first, scores) => {
    for (let at = 0; at < scores.length; at += labelCount) {
      const label = labels[first + at / labelCount] as number;
      counts[label] = (counts[label] as number) + 1;
      scores[at + label] = 1;
    }
    return scores;
  });
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const centre = Float64Array.from({ length: features }, (_, at) => {
    let sum = 0;
    for (let label = 0; label < labelCount; label++) sum += sums[label * features + at] as number;
    return (sum / rows - (mean[at] as number)) / (deviation[at] as number);
  });
  return {
    centre,
    directions: counts.map((count, label) =>
      // Of a label that happens to be in none of the rows nothing is known but that it is rare.
      centre.map((value, at) => {
        const own = (sums[label * features + at] as number) / count;
        return count === 0 ? 0 : (own - (mean[at] as number)) / (deviation[at] as number) - value;
      }),
    ),
    shares: counts.map((count) => Math.max(count, 1) / rows),
  };
}

/** The scatter within labels times each vector. */
function multiplyScatter(
  { matrix, standardisation }: HeadData,
  ranges: readonly RowRange[],
  { centre, directions, shares }: LabelCentres,
  vectors: readonly Float64Array[],
): Float64Array[] {
  const { features } = matrix;
  const { deviation } = standardisation;
  const count = vectors.length;
  const origin = new Float64Array(features * count + count);
  for (const [label, vector] of vectors.entries()) {
    origin.set(vector, label * features);
    origin[features * count + label] = -dot(vector, centre);
  }
  const { weights, bias } = toPlainHead(origin, count, standardisation);
  const totals = new Float64Array(count);
  const products = matrix.multiplyBack(weights, bias, ranges, (_first, scores) => {
    for (let at = 0; at < scores.length; at++) {
      totals[at % count] = (totals[at % count] as number) + (scores[at] as number);
    }
    return scores;
  });
  const rows = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  return vectors.map((vector, label) => {
    const product = new Float64Array(features);
    for (let at = 0; at < features; at++) {
      const plain =
        (products[label * features + at] as number) - (standardisation.mean[at] as number) * (totals[label] as number);
      product[at] = plain / ((deviation[at] as number) * rows);
    }
    // The scores have a mean of 0, so that it makes no difference which mean is taken from the features.
    for (const [other, direction] of directions.entries()) {
      addScaled(product, direction, -(shares[other] as number) * dot(direction, vector));
    }
    return product;
  });
}
