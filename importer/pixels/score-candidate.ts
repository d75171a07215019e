import type { InputStatistics } from '../graph/node.ts';
import type { PixelEnd } from './follow-pixels.ts';
import { type ChannelMap, isSameMap, untouchedPixels } from './pixel-trace.ts';

/** A way from pixels 0–255 to what the model is given, the same for all channels. */
export interface PixelCandidate {
  readonly scale: number;
  readonly offset: number;
}

interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Ranges that training code makes of pixels; those of torch and caffe are of one channel each. */
const usualRanges: readonly ValueRange[] = [
  { low: 0, high: 1 },
  { low: -1, high: 1 },
  { low: -0.5, high: 0.5 },
];
const bytes: ValueRange = { low: 0, high: 255 };
const torchRanges: readonly ValueRange[] = [
  { low: -0.485 / 0.229, high: 0.515 / 0.229 },
  { low: -0.456 / 0.224, high: 0.544 / 0.224 },
  { low: -0.406 / 0.225, high: 0.594 / 0.225 },
];

const widthTolerance = 0.01;
const widthOfBytes = 255;
/** Where zero lies in a range from which a mean of photos was taken. */
const [lowestMean, highestMean] = [0.25, 0.75];

/** How much a range that training code makes on purpose counts, against statistics that fit more or less. */
const scoreOfUsualRange = 3;
const lowestScore = -20;

/**
 * How well what the model does with its pixels fits a way of giving them: the higher the better, at most 3, and undefined
 * where nothing in the graph speaks for or against it. What counts is a usual range on the way to the first weights, and
 * whether the mean and deviation that a normalisation has learnt are those of photos given so.
 */
export function scoreCandidate({ trace }: PixelEnd, candidate: PixelCandidate): number | undefined {
  const last = trace.steps.at(-1);
  const isScaled = last !== undefined && !last.every(isUntouched);
  const isUsual = isScaled && trace.steps.some((step) => isUsualStep(step, candidate));
  const learnt = trace.statistics.filter((one) => !isUntrained(one.learnt));
  const scores = learnt.map((one) => scoreStatistics(one.channels, one.learnt, candidate));
  if (isUsual || scores.length > 0) {
    return scores.reduce((sum, score) => sum + score, isUsual ? scoreOfUsualRange : 0);
  }
  if (!isScaled) return undefined;
  // A normalisation of which only factor and term are left: what becomes zero is the mean, what becomes one the deviation.
  const mean = last.map(({ scale, offset }) => -offset / scale);
  const deviation = last.map(({ scale }) => Math.abs(1 / scale));
  return scoreStatistics([untouchedPixels], { mean, deviation, isTrained: true }, candidate);
}

function isUntouched(map: ChannelMap): boolean {
  return isSameMap(map, untouchedPixels);
}

/** As the layers are made, before training or `adapt` has shown them anything. */
function isUntrained({ mean, deviation }: InputStatistics): boolean {
  return Array.from(mean).every((value) => value === 0) && Array.from(deviation).every((value) => value === 1);
}

function isUsualStep(step: readonly ChannelMap[], candidate: PixelCandidate): boolean {
  if (step.every(isUntouched)) return false;
  const ranges = step.map((map) => rangeOf(map, candidate));
  // Bytes that were bytes before, less a little, are a step on the way to something else.
  const isMadeBytes = step.every(({ scale }) => Math.abs(scale - 1) > widthTolerance) && isOf(ranges, [bytes]);
  return isMadeBytes || isOf(ranges, usualRanges) || isOf(ranges, torchRanges) || isMadeAroundMean(ranges, candidate);
}

/** All the same one of the usual ranges, or each one of torch's. */
function isOf(ranges: readonly ValueRange[], known: readonly ValueRange[]): boolean {
  const matches = ranges.map((range) => known.findIndex((one) => isNear(range, one)));
  return matches.every((match) => match >= 0) && (known === torchRanges || new Set(matches).size === 1);
}

function isNear(range: ValueRange, known: ValueRange): boolean {
  const tolerance = (known.high - known.low) * widthTolerance;
  return Math.abs(range.low - known.low) <= tolerance && Math.abs(range.high - known.high) <= tolerance;
}

/** Of pixels whose mean is gone already, a step is not the one that takes it off. */
function isMadeAroundMean(ranges: readonly ValueRange[], { offset }: PixelCandidate): boolean {
  return offset === 0 && ranges.every(isAroundMean);
}

/** Pixels less the mean of photos, as caffe takes them. */
function isAroundMean({ low, high }: ValueRange): boolean {
  const width = high - low;
  const zero = -low / width;
  return Math.abs(width - widthOfBytes) <= widthOfBytes * widthTolerance && zero >= lowestMean && zero <= highestMean;
}

function rangeOf({ scale, offset }: ChannelMap, candidate: PixelCandidate): ValueRange {
  const ends = [0, widthOfBytes].map((pixel) => (pixel * candidate.scale + candidate.offset) * scale + offset);
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** Of photos: the mean as a share of the range, and the logarithm of the deviation as a share, with how far they spread. */
const typicalMean = { centre: 0.47, spread: 0.15 };
const typicalDeviation = { centre: Math.log(0.25), spread: 0.3 };
/** How much of what a moving average began with (mean 0, variance 1) may be left in it after a short training. */
const shares = Array.from({ length: 20 }, (_, at) => at * 0.05);
const scoreOfShortTraining = -0.5;

/** A logarithmic likelihood, but for a constant: 0 for typical photos, averaged over channels. */
function scoreStatistics(
  channels: readonly ChannelMap[],
  { mean, deviation, isTrained }: InputStatistics,
  candidate: PixelCandidate,
): number {
  const means = Array.from(mean);
  const scores = means.map((value, at) => {
    const range = rangeOf(channels[at % channels.length] as ChannelMap, candidate);
    const possible = isTrained ? shares : [0];
    return Math.max(...possible.map((share) => scoreShare(range, value, deviation[at] as number, share)));
  });
  return Math.max(lowestScore, scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

function scoreShare({ low, high }: ValueRange, mean: number, deviation: number, share: number): number {
  const width = high - low;
  const variance = (deviation ** 2 - share) / (1 - share);
  if (!(width > 0) || !(variance > 0)) return lowestScore;
  const place = (mean / (1 - share) - low) / width;
  const logarithm = Math.log(Math.sqrt(variance) / width);
  const distance =
    ((place - typicalMean.centre) / typicalMean.spread) ** 2 +
    ((logarithm - typicalDeviation.centre) / typicalDeviation.spread) ** 2;
  return Math.max(lowestScore, -distance / 2 + (share > 0 ? scoreOfShortTraining : 0));
}
