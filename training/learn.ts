import { FeatureMatrix } from '../model/calibration/feature-matrix.ts';
import { fitTemperature } from '../model/calibration/temperature.ts';
import type { CardCalibration } from '../model/card/card.ts';
import {
  type AnswerCalibration,
  calibrateAnswers,
  chooseRowsForUnfamiliar,
  joinCalibration,
} from './calibrate-head.ts';
import type { KnownPhoto } from './collect-features.ts';
import type { FeatureCache } from './features/feature-cache.ts';
import { type DoubtfulLabel, findDoubtfulLabels } from './findings/find-doubtful-labels.ts';
import { groupAlike } from './findings/group-alike.ts';
import { drawLearningCurve, type LearningCurve } from './findings/learning-curve.ts';
import { chooseRecipe, fitRecipe, type HeadRecipe } from './head/choose-recipe.ts';
import type { HeadJob } from './head/fit-head.ts';
import { dealFolds } from './head/folds.ts';
import { type LinearHead, standardise } from './head/linear-head.ts';
import type { EmptyFeatures } from './make-empty-features.ts';
import { openLearner } from './threads/learner.ts';

export interface LearnOptions {
  readonly labels: readonly string[];
  readonly featureCount: number;
  readonly seed: number;
  /** How many jobs are done at a time. */
  readonly threads: number;
  /** The features of photos of other things; may be empty. */
  readonly others: readonly Float32Array[];
  /** Called where they are needed. */
  readonly makeEmpty: () => EmptyFeatures;
  /** Called after each head that was fitted, with how many there will be at most. */
  readonly onProgress: (done: number, total: number) => void;
}

/** A photo, and what heads say of it that were fitted without it. */
export interface JudgedPhoto extends KnownPhoto {
  readonly logits: Float32Array;
  /** The same number for photos that are nearly the same picture. */
  readonly group: number;
}

/** What is known of the photos before any head has been fitted on all of them. */
interface Judged {
  /** Of the answers of {@link JudgedPhoto}. */
  readonly temperature: number;
  /** Fold after fold. */
  readonly photos: readonly JudgedPhoto[];
  readonly doubtful: readonly DoubtfulLabel[];
}

export interface Learned extends Judged {
  readonly head: LinearHead;
  readonly recipe: HeadRecipe;
  readonly folds: number;
  /** The features of the photos, a row each. */
  readonly features: FeatureMatrix;
  readonly curve: LearningCurve;
  /** Undefined for too few photos. */
  readonly calibration: CardCalibration | undefined;
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
  const { labels, featureCount, seed, threads, others, makeEmpty, onProgress } = options;
  const read = (photo: number, features = new Float32Array(featureCount)) => {
    const fingerprint = cache.read(photos[photo]?.hash ?? '', features);
    if (fingerprint === undefined) throw new RangeError('A photo has no features in the cache.');
    return features;
  };
  const fingerprints = photos.map((photo) => cache.fingerprint(photo.hash) ?? 0n);
  const groups = groupAlike(fingerprints, read);
  const { order, ranges } = dealFolds(
    photos.map(({ label }) => label),
    groups,
    { folds, seed },
  );

  const matrix = new FeatureMatrix(photos.length, featureCount, labels.length, { threads: threads + 1 });
  const features = new Float32Array(featureCount);
  for (const [row, index] of order.entries()) matrix.row(row).set(read(index, features));

  const rowLabels = order.map((index) => photos[index]?.label as number);
  const data = { matrix, labels: rowLabels, labelCount: labels.length, standardisation: standardise(matrix) };
  const learner = openLearner(data, threads);
  let fits = 0;
  const fitHead = async (job: HeadJob) => {
    const fitted = await learner.run(job);
    onProgress(Math.min(++fits, usualFits - 1), usualFits);
    return fitted;
  };
  const judge = async (logits: readonly Float32Array[]): Promise<Judged & { readonly answers: AnswerCalibration }> => {
    const judged = order.map((index, row) => ({
      ...(photos[index] as KnownPhoto),
      logits: logits[row] as Float32Array,
      group: groups[index] as number,
    }));
    const temperature = fitTemperature(judged);
    const doubtful = findDoubtfulLabels(logits, rowLabels, temperature);
    return { photos: judged, temperature, doubtful, answers: calibrateAnswers(judged, seed) };
  };
  const learnHead = async () => {
    const { recipe, starts, logits } = await chooseRecipe(data, ranges, fitHead);
    const [head, curve, judged] = await Promise.all([
      fitRecipe(fitHead, [{ from: 0, to: matrix.rows }], recipe, starts),
      drawLearningCurve(data, ranges, { recipe, logits }, fitHead),
      // Last, since the others are for threads and this one is not.
      judge(logits),
    ]);
    return { recipe, head, curve, judged };
  };
  const learnUnfamiliarity = async () => {
    const rows = chooseRowsForUnfamiliar(photos.length, seed);
    return rows.length === 0
      ? undefined
      : await learner.run({ kind: 'unfamiliarity', rows, others, empty: makeEmpty() });
  };
  try {
    // The longest job first.
    const [unfamiliarity, { judged, ...ofHead }] = await Promise.all([learnUnfamiliarity(), learnHead()]);
    onProgress(usualFits, usualFits);
    const { answers, ...known } = judged;
    const calibration = joinCalibration(answers, unfamiliarity, { photos: photos.length, others: others.length });
    return { ...known, ...ofHead, folds, features: matrix, calibration };
  } finally {
    await learner.close();
  }
}
