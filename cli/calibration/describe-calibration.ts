import { type MeasuredPhoto, toAnswers } from '../../model/calibration/calibrate.ts';
import type { Card, CardCalibration } from '../../model/card/card.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';

/** What a calibration found and what it changes, in sentences. */
export function describeCalibration(
  directory: string,
  photos: readonly MeasuredPhoto[],
  calibration: CardCalibration,
  { labels, output }: Pick<Card, 'labels' | 'output'>,
): string[] {
  if (output === 'sigmoids') return describeEach(directory, photos, calibration, labels);
  const before = toAnswers(photos, 1);
  const after = toAnswers(photos, calibration.temperature);
  const right = before.filter(({ isRight }) => isRight).length;
  const [said, says] = [meanProbability(before), meanProbability(after)];
  const wasRight = right / photos.length;
  const how =
    said > wasRight + 0.01 ? 'promised too much' : said < wasRight - 0.01 ? 'promised too little' : 'were about right';
  return [
    `${photos.length} photos, of which the model gets ${right} right (${percent(wasRight)}).`,
    `Before, its probabilities ${how}: ${percent(said)} on average. Now they are ${percent(says)} (temperature ${calibration.temperature}).`,
    describeThreshold(after, calibration),
    describeUnfamiliar(calibration),
    ...describeNext(directory),
  ];
}

/** Labels that stand alone keep their own probabilities, and get a threshold each. */
function describeEach(
  directory: string,
  photos: readonly MeasuredPhoto[],
  { unsureBelow }: CardCalibration,
  labels: readonly string[],
): string[] {
  const right = photos.filter(({ logits, label }) => indexOfLargest(logits) === label).length;
  const thresholds = labels.map((label, at) => `${label} ${[unsureBelow ?? 0].flat()[at]}`);
  const never = [unsureBelow ?? 0].flat().some((threshold) => threshold >= 1);
  return [
    `${photos.length} photos, of which ${right} have their label first (${percent(right / photos.length)}).`,
    'Probabilities stay as they are: each label stands alone.',
    `Confident from a probability of its own for each label: ${thresholds.join(', ')}; below it an answer is unsure.`,
    ...(never
      ? ['A threshold of 1 means every answer: there are too few photos of that label, or too few right.']
      : []),
    'No photo will be called unfamiliar: a photo without any of the labels is one that this model knows.',
    ...describeNext(directory),
  ];
}

function describeNext(directory: string): string[] {
  return [
    `Written to ${directory}/card.json; answers show another version from now on. Next, how good that makes it:`,
    `  npx lambda-lens evaluate ${directory} --photos held-out/ --card`,
  ];
}

type JudgedAnswers = ReturnType<typeof toAnswers>;

function describeThreshold(answers: JudgedAnswers, calibration: CardCalibration): string {
  const unsureBelow = Number(calibration.unsureBelow ?? 0);
  const confident = answers.filter(({ probability }) => probability >= unsureBelow);
  if (unsureBelow >= 1 || confident.length === 0) {
    return `Unsure below ${unsureBelow}: this means every answer. However high a probability the model gives on these photos, it is not right often enough to be called confident; more photos may change that, or a better model, or another scale of its pixels, which "lambda-lens import … --photos FOLDER" tries.`;
  }
  const right = confident.filter(({ isRight }) => isRight).length;
  const wrong = confident.length - right;
  const share = percent(confident.length / answers.length);
  return `Confident from ${unsureBelow} on: ${share} of these photos, of which ${wrong === 0 ? 'all are right' : `${wrong} of ${confident.length} are wrong`}; below it the answer is unsure.`;
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

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
