import { FeatureMatrix } from '../model/calibration/feature-matrix.ts';
import { fitTemperature } from '../model/calibration/temperature.ts';
import { indexOfLargest } from '../model/verdict/probabilities.ts';
import type { KnownPhoto } from './collect-features.ts';
import type { FeatureCache } from './features/feature-cache.ts';
import { type DoubtfulLabel, findDoubtfulLabels } from './findings/find-doubtful-labels.ts';
import { groupAlike } from './findings/group-alike.ts';
import { drawLearningCurve, type LearningCurve } from './findings/learning-curve.ts';
import { choosePenalty } from './head/cross-validate.ts';
import { dealFolds } from './head/folds.ts';
import { fitSoftmaxRegression, type LinearHead, standardise } from './head/softmax-regression.ts';

export interface LearnOptions {
  readonly labels: readonly string[];
  readonly featureCount: number;
  /** 2 where the cache holds the mirrored photo's features behind the photo's own. */
  readonly views: number;
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
  readonly penalty: number;
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
/** What a search of the penalty usually tries, the last fit and the learning curve. */
const usualFits = folds * 4 + 1;

/**
 * Fits a head on photos of which each label has 5 or more: a multinomial logistic regression whose penalty is chosen by
 * cross-validation. What is said of the photos is said by heads that have not seen them, nor any photo nearly the same.
 */
export function learn(photos: readonly KnownPhoto[], cache: FeatureCache, options: LearnOptions): Learned {
  const { labels, featureCount, views, seed, onProgress } = options;
  const vectors = (photo: KnownPhoto | undefined) => {
    const facts = cache.get(photo?.hash ?? '');
    if (facts === undefined) throw new RangeError('A photo has no features in the cache.');
    return facts;
  };
  const fingerprints = photos.map((photo) => cache.fingerprint(photo.hash) ?? 0n);
  const groups = groupAlike(fingerprints, (index) => vectors(photos[index]).features.subarray(0, featureCount));
  const { order, ranges } = dealFolds(
    photos.map(({ label }) => label),
    groups,
    { folds, seed },
  );

  const plain = new FeatureMatrix(photos.length, featureCount, labels.length);
  // The mean of a photo and its mirror image is steadier than either; what is asked later is the photo alone.
  const matrix = views === 1 ? plain : new FeatureMatrix(photos.length, featureCount, labels.length);
  for (const [row, index] of order.entries()) {
    const { features } = vectors(photos[index]);
    plain.row(row).set(features.subarray(0, featureCount));
    if (views > 1) writeMean(matrix.row(row), features, views);
  }

  const rowLabels = order.map((index) => photos[index]?.label as number);
  const data = { matrix, plain, labels: rowLabels, labelCount: labels.length, standardisation: standardise(matrix) };
  let fits = 0;
  const onFit = () => onProgress(Math.min(++fits, usualFits), usualFits + 1);
  const { logits, penalty, points } = choosePenalty(data, ranges, onFit);
  const { head } = fitSoftmaxRegression(data, ranges, { penalty, start: points[0] });
  const answers = logits.map((row, index) => ({ logits: row, label: rowLabels[index] as number }));
  const temperature = fitTemperature(answers);
  const accuracy = answers.filter((one) => indexOfLargest(one.logits) === one.label).length / answers.length;
  const curve = drawLearningCurve(data, ranges, { penalty, accuracy });
  onProgress(usualFits + 1, usualFits + 1);

  const judged = order.map((index, row) => ({
    ...(photos[index] as KnownPhoto),
    logits: logits[row] as Float32Array,
    group: groups[index] as number,
  }));
  return {
    head,
    penalty,
    folds,
    temperature,
    photos: judged,
    features: plain,
    doubtful: findDoubtfulLabels(logits, rowLabels, temperature),
    curve,
  };
}

function writeMean(target: Float32Array, features: Float32Array, views: number): void {
  for (let at = 0; at < target.length; at++) {
    let sum = 0;
    for (let view = 0; view < views; view++) sum += features[view * target.length + at] as number;
    target[at] = sum / views;
  }
}
