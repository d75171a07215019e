import type { CardCalibration, OutputKind } from '../card/card.ts';
import { ModelError } from '../model-error.ts';
import { indexOfLargest, toLabelProbabilities, toProbabilities } from '../verdict/probabilities.ts';
import { storeUnfamiliarity } from '../verdict/unfamiliarity.ts';
import { calibrateUnfamiliarity } from './calibrate-unfamiliarity.ts';
import { type JudgedAnswer, measureCalibrationError, simulatePerfectCalibration } from './calibration-error.ts';
import { fitTemperature, type LabelledLogits } from './temperature.ts';
import { chooseUnsureBelow } from './unsure-below.ts';

/** What a model measured of a photo whose label is known. */
export interface MeasuredPhoto extends LabelledLogits {
  readonly features?: Float32Array;
}

/** Photos to calibrate on, measured by the model. */
export interface CalibrationPhotos {
  /** Independent labels get a threshold each, and keep their own probabilities. */
  readonly output?: OutputKind;
  /** Photos of the model's kinds that it was not trained on, in an order that does not go by what they show. */
  readonly photos: readonly MeasuredPhoto[];
  /** Photos of its kinds that it was trained on: they tell what its features look like, not how often it is right. */
  readonly trainedOn: readonly MeasuredPhoto[];
  /** The features of photos of other things. */
  readonly others: readonly Float32Array[];
  /** The features of photos of nothing, and of further ones to measure on. */
  readonly empty: readonly Float32Array[];
  readonly emptyForMeasuring: readonly Float32Array[];
}

const folds = 5;
const fewestPhotos = 20;
// Confident answers are to be right 97 times in 100 on photos of another day; the rest is for these being few.
const confidentRightAim = 0.983;

/**
 * Fits temperature, `unsureBelow` and, where the graph has features, the statistics of `unfamiliar`. Each figure in
 * `fitted` and the threshold of `unfamiliar` are cross-fitted: a photo is judged by what was fitted without its fold.
 * Throws a ModelError of reason `no_calibration_data` for fewer than 20 photos.
 */
export function calibrate(data: CalibrationPhotos): CardCalibration {
  const { photos } = data;
  requireEnoughPhotos(photos.length);
  if (data.output === 'sigmoids') return calibrateEach(photos);
  const temperature = fitTemperature(photos);
  const unsureBelow = chooseUnsureBelow(toAnswers(photos, temperature), confidentRightAim);
  const { others, empty, emptyForMeasuring } = data;
  const trainedOn = data.trainedOn.filter(hasFeatures);
  const unfamiliarity = photos.every(hasFeatures)
    ? calibrateUnfamiliarity({ photos, trainedOn, others, empty, emptyForMeasuring })
    : undefined;
  return {
    temperature: round(temperature),
    unsureBelow,
    ...(unfamiliarity && { unfamiliar: { ...storeUnfamiliarity(unfamiliarity.statistics) } }),
    fitted: {
      photos: photos.length,
      trainedOn: data.trainedOn.length,
      others: data.others.length,
      crossFitted: { folds, ...measureConfidence(photos), ...unfamiliarity?.figures },
    },
  };
}

const fewestAnswersOfLabel = 10;

/** One threshold a label, of the photos that it is the first label of; 1, so that all are unsure, where they are too few. */
function calibrateEach(photos: readonly MeasuredPhoto[]): CardCalibration {
  const answers = photos.map(({ logits, label }) => {
    const first = indexOfLargest(logits);
    const probability = toLabelProbabilities('sigmoids', logits, 1)[first] as number;
    return { first, probability, isRight: first === label };
  });
  const unsureBelow = Array.from(photos[0]?.logits ?? [], (_, label) => {
    const own = answers.filter(({ first }) => first === label);
    return own.length < fewestAnswersOfLabel ? 1 : chooseUnsureBelow(own, confidentRightAim);
  });
  const right = answers.filter(({ isRight }) => isRight).length;
  return { temperature: 1, unsureBelow, fitted: { photos: photos.length, accuracy: round(right / photos.length) } };
}

/** Throws a ModelError of reason `no_calibration_data` for fewer than 20 photos. */
export function requireEnoughPhotos(count: number): void {
  if (count >= fewestPhotos) return;
  throw new ModelError('no_calibration_data', `${count} photos are too few; it takes ${fewestPhotos} or more.`);
}

/** The first label's probability at a temperature, and whether it is right. */
export function toAnswers(photos: readonly LabelledLogits[], temperature: number): JudgedAnswer[] {
  return photos.map(({ logits, label }) => {
    const first = indexOfLargest(logits);
    return { probability: toProbabilities(logits, temperature)[first] as number, isRight: first === label };
  });
}

function measureConfidence(photos: readonly MeasuredPhoto[]): Record<string, unknown> {
  const judged = [...Array(folds).keys()].flatMap((fold) => {
    const fitted = photos.filter((_photo, index) => index % folds !== fold);
    const temperature = fitTemperature(fitted);
    const unsureBelow = chooseUnsureBelow(toAnswers(fitted, temperature), confidentRightAim);
    const answers = toAnswers(
      photos.filter((_photo, index) => index % folds === fold),
      temperature,
    );
    return answers.map((answer) => ({ ...answer, isConfident: unsureBelow < 1 && answer.probability >= unsureBelow }));
  });
  const confident = judged.filter((answer) => answer.isConfident);
  const perfect = simulatePerfectCalibration(judged);
  return {
    accuracy: round(judged.filter((answer) => answer.isRight).length / judged.length),
    calibrationError: round(measureCalibrationError(judged)),
    calibrationErrorIfPerfect: { mean: round(perfect.mean), percentile95: round(perfect.percentile95) },
    confident: {
      coverage: round(confident.length / judged.length),
      right: round(confident.filter((answer) => answer.isRight).length / Math.max(1, confident.length)),
    },
  };
}

function hasFeatures<Photo extends MeasuredPhoto>(photo: Photo): photo is Photo & { readonly features: Float32Array } {
  return photo.features !== undefined;
}

/** To four decimals. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
