import { scoreUnfamiliarity, toUnitLength, type Unfamiliarity } from '../verdict/unfamiliarity.ts';
import { findPrototypes } from './find-prototypes.ts';
import { fitLogistic, type WeightedExample } from './fit-logistic.ts';

/** Features of a photo of one of the model's kinds. */
export interface KnownFeatures {
  readonly features: Float32Array;
  readonly label: number;
  /** Photos that the model was not trained on count more: their features are those that it will meet. */
  readonly weight: number;
}

export interface StrangeFeatures {
  /** Photos of other things; may be empty. */
  readonly others: readonly Float32Array[];
  /** Drawn photos of nothing. */
  readonly empty: readonly Float32Array[];
}

const prototypesPerLabel = 5;
const fewestPhotosPerPrototype = 8;
const penalty = 3e-4;
const weightOfOthers = 5;
const weightOfEmpty = 2;
// How much a standard deviation of the cosine counts beside one of the head. A head that has seen other things is the
// better judge of them; one that has seen only photos of nothing is none, and the cosine has to be.
const cosineShareWithOthers = 0.7;
const cosineShareWithoutOthers = 3;
const largestWhole = 127;

/** Fits everything but the threshold: `above` is Infinity. */
export function fitUnfamiliarity(known: readonly KnownFeatures[], { others, empty }: StrangeFeatures): Unfamiliarity {
  const units = known.map(({ features }) => toUnitLength(features));
  const prototypes = toWholeNumbers(findPrototypesOfLabels(known, units));
  const centre = meanOf(units);
  const strange = (weight: number) => (features: Float32Array) => ({
    vector: toUnitLength(features),
    isPositive: true,
    weight,
  });
  const examples: readonly WeightedExample[] = [
    ...units.map((vector, index) => ({ vector, isPositive: false, weight: known[index]?.weight ?? 1 })),
    ...others.map(strange(weightOfOthers)),
    ...empty.map(strange(weightOfEmpty)),
  ];
  const head = fitHead(examples, centre);
  const headOnly = { above: Number.POSITIVE_INFINITY, ...head, cosineWeight: 0, prototypes };
  const cosineOnly = { ...headOnly, weights: new Float32Array(head.weights.length), bias: 0, cosineWeight: 1 };
  const ratio = deviationOver(known, headOnly) / deviationOver(known, cosineOnly);
  return { ...headOnly, cosineWeight: ratio * (others.length > 0 ? cosineShareWithOthers : cosineShareWithoutOthers) };
}

function findPrototypesOfLabels(known: readonly KnownFeatures[], units: readonly Float32Array[]): Float32Array[] {
  const byLabel = Map.groupBy(units.keys(), (index) => known[index]?.label);
  return [...byLabel.values()].flatMap((indices) => {
    const count = Math.max(1, Math.floor(indices.length / fewestPhotosPerPrototype));
    const vectors = indices.map((index) => units[index] as Float32Array);
    return findPrototypes(vectors, Math.min(prototypesPerLabel, count));
  });
}

/** Fits on vectors moved to their centre and scaled to a deviation near 1, and turns the head back to plain ones. */
function fitHead(
  examples: readonly WeightedExample[],
  centre: Float64Array,
): { readonly weights: Float32Array; readonly bias: number } {
  const vectors = examples.map(({ vector }) => vector);
  const scale = 1 / deviationFrom(centre, vectors);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const { weights, bias } = fitLogistic(
    examples.map(({ vector, isPositive, weight }) => ({
      vector: vector.map((value, at) => (value - (centre[at] as number)) * scale),
      isPositive,
      weight: weight / total,
    })),
    penalty,
  );
  const plain = Float32Array.from(weights, (weight) => weight * scale);
  return { weights: plain, bias: bias - plain.reduce((sum, weight, at) => sum + weight * (centre[at] as number), 0) };
}

function toWholeNumbers(prototypes: readonly Float32Array[]): Int8Array {
  const rows = prototypes.map((prototype) => {
    const largest = prototype.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return Int8Array.from(prototype, (value) => Math.round((value / largest) * largestWhole));
  });
  return Int8Array.from(rows.flatMap((row) => [...row]));
}

function meanOf(vectors: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] as number) + (vector[at] as number) / vectors.length;
  }
  return mean;
}

/** The root of the mean square distance of one value from its centre. */
function deviationFrom(centre: Float64Array, vectors: readonly Float32Array[]): number {
  const squares = vectors.reduce(
    (sum, vector) => vector.reduce((all, value, at) => all + (value - (centre[at] as number)) ** 2, sum),
    0,
  );
  return Math.sqrt(squares / (vectors.length * centre.length));
}

function deviationOver(known: readonly KnownFeatures[], statistics: Unfamiliarity): number {
  const scores = known.map(({ features }) => scoreUnfamiliarity(statistics, features));
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
}
