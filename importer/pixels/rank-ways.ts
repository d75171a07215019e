import { fitTemperature, type LabelledLogits, meanLoss } from '../../model/calibration/temperature.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';
import { type Preprocessing, preprocessingOf } from '../preprocessing.ts';

/** A way from pixels to input, by the options that stand for it. */
export interface PixelWay {
  readonly option: string;
  readonly preprocessing: Preprocessing;
}

/** How labelled photos came out under one way, in their order. */
export interface TriedWay extends PixelWay {
  readonly isRight: readonly boolean[];
  /** The logarithm of the right label's probability, at the temperature that suits this way best. */
  readonly logLikelihoods: readonly number[];
}

/** What a model answered about labelled photos under one way: a logit for each label, and the right one's position. */
export function judgeWay<Way extends PixelWay>(way: Way, photos: readonly LabelledLogits[]): Way & TriedWay {
  const temperature = photos.length === 0 ? 1 : fitTemperature(photos);
  return {
    ...way,
    isRight: photos.map(({ logits, label }) => indexOfLargest(logits) === label),
    logLikelihoods: photos.map((photo) => -meanLoss([photo], temperature)),
  };
}

/** What training code does to pixels, most of the time. */
export function commonWays(channels: 1 | 3): PixelWay[] {
  const plain = preprocessingOf('none', channels);
  return [
    { option: '--preprocess none', preprocessing: plain },
    { option: '--scale 0.00392157', preprocessing: { ...plain, scale: 1 / 255 } },
    { option: '--preprocess tf', preprocessing: preprocessingOf('tf', channels) },
    ...(channels === 1
      ? []
      : (['torch', 'caffe'] as const).map((mode) => ({
          option: `--preprocess ${mode}`,
          preprocessing: preprocessingOf(mode, channels),
        }))),
  ];
}

export function countRight({ isRight }: TriedWay): number {
  return isRight.filter(Boolean).length;
}

/** What the right label gets on average, from 0 to 1: the geometric mean of its probabilities. */
export function likelihoodOf({ logLikelihoods }: TriedWay): number {
  return Math.exp(meanOf(logLikelihoods));
}

/** As a whole percentage. */
export function describeLikelihood(way: TriedWay): string {
  const percent = (likelihoodOf(way) * 100).toFixed(0);
  return percent === '0' ? 'less than 1 %' : `${percent} %`;
}

/** Whether one way gets more photos right than another, beyond what chance explains. */
export function isMoreRight(way: TriedWay, than: TriedWay): boolean {
  return compareRight(way, than) > 0;
}

/**
 * Whether photos speak for one way against another: by how many come out right, by how likely their right labels are, or by
 * both, and never where the two speak against each other.
 */
export function isClearlyBetter(way: TriedWay, than: TriedWay): boolean {
  return compareRight(way, than) + compareLikelihood(way, than) > 0;
}

const fewestMore = 3;
const deviations = 2;

/**
 * 1 where one way is right where another is wrong more often than chance explains, -1 where it is the other: of the photos
 * that only one of them gets right, by two standard deviations (McNemar) and three photos more.
 */
function compareRight(way: TriedWay, than: TriedWay): number {
  const onlyOne = way.isRight.filter((right, at) => right && !than.isRight[at]).length;
  const onlyOther = than.isRight.filter((right, at) => right && !way.isRight[at]).length;
  const more = Math.abs(onlyOne - onlyOther);
  return more >= fewestMore && more > deviations * Math.sqrt(onlyOne + onlyOther) ? Math.sign(onlyOne - onlyOther) : 0;
}

const fewestPhotos = 20;
const standardErrors = 3;
/** A difference that counts: of less, rounding may be the cause. */
const leastDifference = 0.01;

/**
 * 1 where right labels are likelier under one way than under another, photo by photo, by three standard errors of the mean
 * difference of logarithms; -1 where it is the other. Each way has its own temperature, so that being less sure is no merit.
 */
function compareLikelihood(way: TriedWay, than: TriedWay): number {
  const count = way.logLikelihoods.length;
  if (count < fewestPhotos) return 0;
  const differences = way.logLikelihoods.map((value, at) => value - (than.logLikelihoods[at] as number));
  const mean = meanOf(differences);
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const isClear = Math.abs(mean) > Math.max(leastDifference, standardErrors * Math.sqrt(variance / count));
  return isClear ? Math.sign(mean) : 0;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The way that gets the most photos right, of several the one whose right labels are likeliest. */
export function bestOf(ways: readonly TriedWay[]): TriedWay | undefined {
  return ways.toSorted((a, b) => countRight(b) - countRight(a) || likelihoodOf(b) - likelihoodOf(a))[0];
}

/** The way that is clearly better than every other; undefined where none is. */
export function clearlyBest(ways: readonly TriedWay[]): TriedWay | undefined {
  return ways.find((way) => ways.every((other) => other === way || isClearlyBetter(way, other)));
}
