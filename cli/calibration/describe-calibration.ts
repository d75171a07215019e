import { isJsonObject } from '../../facts/json-object.ts';
import { type MeasuredPhoto, toAnswers } from '../../model/calibration/calibrate.ts';
import { wilsonInterval } from '../../model/calibration/wilson-interval.ts';
import type { Card, CardCalibration } from '../../model/card/card.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';
import { shellWord } from '../terminal/shell-word.ts';

/** What the person who calibrates has named. */
export interface CalibrationNames {
  /** The model directory. */
  readonly model: string;
  /** The folder of photos. */
  readonly photos: string;
  /** Whether figures of an earlier version were taken out of the README.md there. */
  readonly hasReadme: boolean;
}

const mostNamed = 8;
/** The low end of what confident answers come to, from which on it is no matter of few photos. */
const sureEnough = 0.93;
/** Of a label that has fewer photos little can be said. */
const fewestPhotosOfLabel = 10;

/** What a calibration found, how sure that is and what it changes, in sentences. */
export function describeCalibration(
  names: CalibrationNames,
  photos: readonly MeasuredPhoto[],
  calibration: CardCalibration,
  { labels, output }: Pick<Card, 'labels' | 'output'>,
): string[] {
  if (output === 'sigmoids') return describeEach(names, photos, calibration, labels);
  const before = toAnswers(photos, 1);
  const after = toAnswers(photos, calibration.temperature);
  const right = before.filter(({ isRight }) => isRight).length;
  const [said, says] = [meanProbability(before), meanProbability(after)];
  const wasRight = right / photos.length;
  const how =
    said > wasRight + 0.01 ? 'promised too much' : said < wasRight - 0.01 ? 'promised too little' : 'were about right';
  return [
    `${photos.length} photos, of which the model gets ${right} right (${percent(wasRight)}; of other photos like these ${interval(right, photos.length)}).`,
    `Before, its probabilities ${how}: ${percent(said)} on average. Now they are ${percent(says)} (temperature ${calibration.temperature}).`,
    describeThreshold(after, calibration),
    ...describeConfidence(calibration),
    describeUnfamiliar(calibration),
    ...describeDoubts(photos, calibration, labels, right),
    ...describeNext(names),
  ];
}

/** Labels that stand alone keep their own probabilities, and get a threshold each. */
function describeEach(
  names: CalibrationNames,
  photos: readonly MeasuredPhoto[],
  calibration: CardCalibration,
  labels: readonly string[],
): string[] {
  const { unsureBelow } = calibration;
  const right = photos.filter(({ logits, label }) => indexOfLargest(logits) === label).length;
  const thresholds = labels.map((label, at) => `${label} ${[unsureBelow ?? 0].flat()[at]}`);
  const never = [unsureBelow ?? 0].flat().some((threshold) => threshold >= 1);
  return [
    `${photos.length} photos, of which ${right} have their label first (${percent(right / photos.length)}; of other photos like these ${interval(right, photos.length)}).`,
    'Probabilities stay as they are: each label stands alone.',
    `Confident from a probability of its own for each label: ${thresholds.join(', ')}; below it an answer is unsure.`,
    ...(never
      ? ['A threshold of 1 means every answer: there are too few photos of that label, or too few right.']
      : []),
    'No photo will be called unfamiliar: a photo without any of the labels is one that this model knows.',
    ...describeDoubts(photos, calibration, labels, right),
    ...describeNext(names),
  ];
}

function describeNext({ model, photos, hasReadme }: CalibrationNames): string[] {
  const readme = hasReadme ? `; the figures of the version before are gone from ${model}/README.md` : '';
  return [
    `Written to ${model}/card.json; answers show another version from now on${readme}. Next, how good that makes it:`,
    `  npx lambda-lens evaluate ${shellWord(model)} --photos ${shellWord(photos)} --card`,
  ];
}

/** What makes all the figures less sure than they look. */
function describeDoubts(
  photos: readonly MeasuredPhoto[],
  { fitted }: CardCalibration,
  labels: readonly string[],
  right: number,
): string[] {
  const few = labels.flatMap((name, at) => {
    const count = photos.filter(({ label }) => label === at).length;
    return count < fewestPhotosOfLabel ? [`${name} ${count}`] : [];
  });
  const shown = few.length > mostNamed ? [...few.slice(0, mostNamed), '…'] : few;
  const allRight = right === photos.length ? ' (getting every one of them right looks like that)' : '';
  return [
    ...(few.length > 0
      ? [`Few photos: ${shown.join(', ')}. Of labels with fewer than ${fewestPhotosOfLabel} this tells little.`]
      : []),
    ...(Number(fitted?.trainedOn ?? 0) > 0
      ? []
      : [
          `If the model was trained on some of these photos${allRight}, it promises too much now: give others by --photos, and those by --trained-on.`,
        ]),
  ];
}

type JudgedAnswers = ReturnType<typeof toAnswers>;

function describeThreshold(answers: JudgedAnswers, calibration: CardCalibration): string {
  const unsureBelow = Number(calibration.unsureBelow ?? 0);
  const confident = answers.filter(({ probability }) => probability >= unsureBelow);
  if (unsureBelow >= 1 || confident.length === 0) {
    return `Never confident: however high a probability the model gives on these photos, it is not right often enough to be called confident; more photos may change that, or a better model, or another scale of its pixels, which "lambda-lens import … --photos FOLDER" tries.`;
  }
  const right = confident.filter(({ isRight }) => isRight).length;
  const wrong = confident.length - right;
  const share = percent(confident.length / answers.length);
  return `Confident from ${unsureBelow} on: ${share} of these photos, of which ${wrong === 0 ? 'all are right' : `${wrong} of ${confident.length} are wrong`}; below it the answer is unsure.`;
}

/** What a fit says of photos that had no part in it, and how wide that is: of few photos nothing sure can be said. */
function describeConfidence({ fitted }: CardCalibration): string[] {
  const { crossFitted } = fitted ?? {};
  const { confident } = isJsonObject(crossFitted) ? crossFitted : {};
  const { coverage, right } = isJsonObject(confident) ? confident : {};
  const photos = Number(fitted?.photos);
  if (typeof coverage !== 'number' || typeof right !== 'number' || !Number.isInteger(photos)) return [];
  const count = Math.round(coverage * photos);
  if (count === 0) return ['Of photos left out of the fit none would be confident.'];
  const hits = Math.round(right * count);
  const { low } = wilsonInterval(hits, count);
  const width = `Of the ${count} confident ones among photos left out of the fit ${hits} are right; of other photos like these ${interval(hits, count)}.`;
  if (low >= sureEnough) return [width];
  return [`${width} Confident answers are to be right 97 times in 100; so few photos can't show that.`];
}

function describeUnfamiliar({ unfamiliar, fitted }: CardCalibration): string {
  if (unfamiliar === undefined)
    return 'No photo will be called unfamiliar: the graph names no features to tell that by.';
  const others = Number(fitted?.others ?? 0);
  return others > 0
    ? `Photos of other things are called unfamiliar; ${others} of them taught it which.`
    : 'Photos of nothing are called unfamiliar, and some of other things: with --others FOLDER it learns more of those.';
}

function meanProbability(answers: JudgedAnswers): number {
  return answers.reduce((sum, { probability }) => sum + probability, 0) / answers.length;
}

/** As `between 80.5 % and 88.2 %`, which holds 19 times in 20. */
function interval(hits: number, trials: number): string {
  const { low, high } = wilsonInterval(hits, trials);
  return `between ${percent(low)} and ${percent(high)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
