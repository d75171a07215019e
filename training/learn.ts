import { FeatureMatrix, type RowRange } from '../model/calibration/feature-matrix.ts';
import { fitTemperature } from '../model/calibration/temperature.ts';
import type { KnownPhoto } from './collect-features.ts';
import type { FeatureCache } from './features/feature-cache.ts';
import { type DoubtfulLabel, findDoubtfulLabels } from './findings/find-doubtful-labels.ts';
import { groupAlike } from './findings/group-alike.ts';
import { drawLearningCurve, type LearningCurve } from './findings/learning-curve.ts';
import { chooseRecipe, fitRecipe, type HeadRecipe } from './head/choose-recipe.ts';
import type { HeadJob } from './head/fit-head.ts';
import { dealFolds } from './head/folds.ts';
import { openHeadFitter } from './head/head-fitter.ts';
import { type HeadData, type LinearHead, standardise } from './head/linear-head.ts';

export interface LearnOptions {
  readonly labels: readonly string[];
  readonly featureCount: number;
  readonly seed: number;
  /** How many heads are fitted at a time. */
  readonly threads: number;
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
/** What a search of both strengths usually tries, the folds, all photos and the learning curve. */
const usualFits = 6 + 2 * folds + 2 + 8;

/**
 * Fits a head on photos of which each label has 5 or more; how strongly it is held back is chosen by cross-validation. What is said of the photos is said by heads that have not seen them, nor any photo nearly the same.
 */
export async function learn(
  photos: readonly KnownPhoto[],
  cache: FeatureCache,
  options: LearnOptions,
): Promise<Learned> {
  const { labels, featureCount, seed, threads } = options;
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

  const matrix = new FeatureMatrix(photos.length, featureCount, labels.length, { threads: threads + 1 });
  for (const [row, index] of order.entries()) matrix.row(row).set(vectors(photos[index]).features);

  const rowLabels = order.map((index) => photos[index]?.label as number);
  const data = { matrix, labels: rowLabels, labelCount: labels.length, standardisation: standardise(matrix) };
  const { recipe, head, logits, curve } = await fitAll(data, ranges, options);
  const temperature = fitTemperature(
    logits.map((row, index) => ({ logits: row, label: rowLabels[index] as number })),
  );
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

/** With as many threads as there are, which last no longer than this. */
async function fitAll(data: HeadData, ranges: readonly RowRange[], { threads, onProgress }: LearnOptions) {
  const fitter = openHeadFitter(data, threads);
  let fits = 0;
  const fit = async (job: HeadJob) => {
    const fitted = await fitter.fit(job);
    onProgress(Math.min(++fits, usualFits - 1), usualFits);
    return fitted;
  };
  try {
    const { recipe, starts, logits } = await chooseRecipe(data, ranges, { fit });
    const [head, curve] = await Promise.all([
      fitRecipe({ fit }, [{ from: 0, to: data.matrix.rows }], recipe, starts),
      drawLearningCurve(data, ranges, { recipe, logits }, { fit }),
    ]);
    onProgress(usualFits, usualFits);
    return { recipe, head, logits, curve };
  } finally {
    await fitter.close();
  }
}
