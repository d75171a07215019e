import { FeatureMatrix } from '../model/calibration/feature-matrix.ts';
import { fitTemperature } from '../model/calibration/temperature.ts';
import type { KnownPhoto } from './collect-features.ts';
import type { FeatureCache } from './features/feature-cache.ts';
import { type DoubtfulLabel, findDoubtfulLabels } from './findings/find-doubtful-labels.ts';
import { groupAlike } from './findings/group-alike.ts';
import { drawLearningCurve, type LearningCurve } from './findings/learning-curve.ts';
import { chooseHead, type HeadRecipe } from './head/choose-head.ts';
import { dealFolds } from './head/folds.ts';
import { type LinearHead, standardise } from './head/linear-head.ts';

export interface LearnOptions {
  readonly labels: readonly string[];
  readonly featureCount: number;
  readonly seed: number;
  /** Called after each head that was fitted, with how many there will be at most. */
  readonly onProgress: (done: number, total: number) => void;
}

/** A photo, and what heads say of it that were fitted without it. */
export interface JudgedPhoto extends KnownPhoto {
  readonly logits: Float32Array;
  /** The same number for photos that are nearly the same picture. */
  readonly group: number;
}

export interface Learned {
  readonly head: LinearHead;
  readonly recipe: HeadRecipe;
  readonly folds: number;
  /** Of the answers of {@link JudgedPhoto}. */
  readonly temperature: number;
  /** Fold after fold. */
  readonly photos: readonly JudgedPhoto[];
  /** The features of {@link photos}, a row each. */
  readonly features: FeatureMatrix;
  readonly doubtful: readonly DoubtfulLabel[];
  readonly curve: LearningCurve;
}

const folds = 5;
/** What a search of both strengths usually tries. */
const usualFits = folds * 2 + 6;

/**
 * Fits a head on photos of which each label has 5 or more; how strongly it is held back is chosen by cross-validation. What is said of the photos is said by heads that have not seen them, nor any photo nearly the same.
 */
export function learn(photos: readonly KnownPhoto[], cache: FeatureCache, options: LearnOptions): Learned {
  const { labels, featureCount, seed, onProgress } = options;
  const vectors = (photo: KnownPhoto | undefined) => {
    const facts = cache.get(photo?.hash ?? '');
    if (facts === undefined) throw new RangeError('A photo has no features in the cache.');
    return facts;
  };
  const fingerprints = photos.map((photo) => cache.fingerprint(photo.hash) ?? 0n);
  const groups = groupAlike(fingerprints, (index) => vectors(photos[index]).features);
  const { order, ranges } = dealFolds(
    photos.map(({ label }) => label),
    groups,
    { folds, seed },
  );

  const matrix = new FeatureMatrix(photos.length, featureCount, labels.length);
  for (const [row, index] of order.entries()) matrix.row(row).set(vectors(photos[index]).features);

  const rowLabels = order.map((index) => photos[index]?.label as number);
  const data = { matrix, labels: rowLabels, labelCount: labels.length, standardisation: standardise(matrix) };
  let fits = 0;
  const { recipe, head, logits } = chooseHead(data, ranges, () =>
    onProgress(Math.min(++fits, usualFits), usualFits + 1),
  );
  const answers = logits.map((row, index) => ({ logits: row, label: rowLabels[index] as number }));
  const temperature = fitTemperature(answers);
  const curve = drawLearningCurve(data, ranges, { recipe, logits });
  onProgress(usualFits + 1, usualFits + 1);

  const judged = order.map((index, row) => ({
    ...(photos[index] as KnownPhoto),
    logits: logits[row] as Float32Array,
    group: groups[index] as number,
  }));
  return {
    head,
    recipe,
    folds,
    temperature,
    photos: judged,
    features: matrix,
    doubtful: findDoubtfulLabels(logits, rowLabels, temperature),
    curve,
  };
}
