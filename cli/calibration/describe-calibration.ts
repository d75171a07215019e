import { type MeasuredPhoto, toAnswers } from '../../model/calibration/calibrate.ts';
import type { CardCalibration } from '../../model/card/card.ts';

/** What a calibration found and what it changes, in sentences. */
export function describeCalibration(
  directory: string,
  photos: readonly MeasuredPhoto[],
  calibration: CardCalibration,
): string[] {
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
    `Written to ${directory}/card.json; answers show another version from now on. Next, how good that makes it:`,
    `  npx lambda-lens evaluate ${directory} --photos held-out/ --card`,
  ];
}

type JudgedAnswers = ReturnType<typeof toAnswers>;

function describeThreshold(answers: JudgedAnswers, { unsureBelow = 0 }: CardCalibration): string {
  if (typeof unsureBelow !== 'number')
    return `Each label has a threshold of its own, below which it is unsure: ${unsureBelow.join(', ')}.`;
  const confident = answers.filter(({ probability }) => probability >= unsureBelow);
  if (unsureBelow >= 1 || confident.length === 0) {
    return `Unsure below ${unsureBelow}: this means every answer. However high a probability the model gives on these photos, it is not right often enough to be called confident; more photos may change that, or a better model.`;
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
