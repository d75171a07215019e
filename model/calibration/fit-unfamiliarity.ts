import type { Unfamiliarity } from '../verdict/unfamiliarity.ts';
import { UnfamiliarityScorer } from '../verdict/unfamiliarity-scorer.ts';
import type { FeatureMatrix, RowRange } from './feature-matrix.ts';
import { findPrototypes } from './find-prototypes.ts';
import { fitLogistic } from './fit-logistic.ts';

/** Features of photos, a row each, and what is known of them. */
export interface KnownRows {
  /** Features of length 1. */
  readonly matrix: FeatureMatrix;
  /** Position in the labels; {@link noLabel} for photos of other things and of nothing. */
  readonly labels: readonly number[];
  /** How much each counts. */
  readonly weights: readonly number[];
}

export const noLabel = -1;

const prototypesPerLabel = 5;
const fewestPhotosPerPrototype = 8;
const penalty = 3e-4;
// How much a standard deviation of the cosine counts beside one of the head. A head that has seen other things is the
// better judge of them; one that has seen only photos of nothing is none, and the cosine has to be.
const cosineShareWithOthers = 0.7;
const cosineShareWithoutOthers = 3;
const largestWhole = 127;
/** Of the mean; scores are sums in single precision. */
const leastDeviation = 1e-4;

/**
 * Fits everything but the threshold on the rows of `ranges`: `above` is Infinity. Scores are standard deviations of the
 * known rows' from their mean, so that those of one fit can be compared with those of another, as cross-validation does.
 */
export function fitUnfamiliarity(
  rows: KnownRows,
  ranges: readonly RowRange[],
  { hasOthers }: { readonly hasOthers: boolean },
): Unfamiliarity {
  const { matrix, labels, weights } = rows;
  const chosen = ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
  const known = chosen.filter((row) => labels[row] !== noLabel);
  const centre = meanOf(matrix, known);
  const scale = 1 / deviationFrom(centre, matrix, chosen);
  const isPositive = labels.map((label) => label === noLabel);
  const head = fitLogistic({ matrix, isPositive, weights }, ranges, { penalty, centre, scale });
  const prototypes = toWholeNumbers(findPrototypesOfLabels(rows, known));
  const headOnly = { above: Number.POSITIVE_INFINITY, ...head, cosineWeight: 0, prototypes };
  const cosineOnly = { ...headOnly, weights: new Float32Array(matrix.features), bias: 0, cosineWeight: 1 };
  const ratio = describeScores(headOnly, matrix, known).deviation / describeScores(cosineOnly, matrix, known).deviation;
  const cosineWeight = ratio * (hasOthers ? cosineShareWithOthers : cosineShareWithoutOthers);
  return standardise({ ...headOnly, cosineWeight }, matrix, known);
}

/** The same order of photos, in scores that are 0 on average of these rows and deviate by 1. */
function standardise(statistics: Unfamiliarity, matrix: FeatureMatrix, rows: readonly number[]): Unfamiliarity {
  const { mean, deviation } = describeScores(statistics, matrix, rows);
  return {
    ...statistics,
    weights: statistics.weights.map((weight) => weight / deviation),
    bias: (statistics.bias - mean) / deviation,
    cosineWeight: statistics.cosineWeight / deviation,
  };
}

function findPrototypesOfLabels({ matrix, labels }: KnownRows, known: readonly number[]): Float32Array[] {
  return [...Map.groupBy(known, (row) => labels[row]).values()].flatMap((own) => {
    const count = Math.max(1, Math.floor(own.length / fewestPhotosPerPrototype));
    return findPrototypes(
      own.map((row) => matrix.row(row)),
      Math.min(prototypesPerLabel, count),
    );
  });
}

function toWholeNumbers(prototypes: readonly Float32Array[]): Int8Array {
  const rows = prototypes.map((prototype) => {
    const largest = prototype.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return Int8Array.from(prototype, (value) => Math.round((value / largest) * largestWhole));
  });
  return Int8Array.from(rows.flatMap((row) => [...row]));
}

function meanOf(matrix: FeatureMatrix, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(matrix.features);
  for (const row of rows) {
    const vector = matrix.row(row);
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] as number) + (vector[at] as number) / rows.length;
  }
  return mean;
}

/** The root of the mean square distance of one value from its centre. */
function deviationFrom(centre: Float64Array, matrix: FeatureMatrix, rows: readonly number[]): number {
  let squares = 0;
  for (const row of rows) {
    const vector = matrix.row(row);
    for (let at = 0; at < centre.length; at++) squares += ((vector[at] as number) - (centre[at] as number)) ** 2;
  }
  return Math.sqrt(squares / (rows.length * centre.length));
}

function describeScores(
  statistics: Unfamiliarity,
  matrix: FeatureMatrix,
  rows: readonly number[],
): { readonly mean: number; readonly deviation: number } {
  const scorer = new UnfamiliarityScorer(statistics);
  const scores = rows.map((row) => scorer.score(matrix.row(row)));
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  // Rows that are all but the same deviate by what rounding makes of them, which is no measure of anything.
  return { mean, deviation: Math.max(Math.sqrt(variance), leastDeviation * Math.abs(mean)) || 1 };
}
