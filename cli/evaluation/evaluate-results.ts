import {
  binAnswers,
  measureCalibrationError,
  type ReliabilityBin,
  simulatePerfectCalibration,
} from '../../model/calibration/calibration-error.ts';
import { rocArea } from '../../model/calibration/roc-area.ts';
import { wilsonInterval } from '../../model/calibration/wilson-interval.ts';
import type { Verdict } from '../../model/classification.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';
import type { PhotoResult } from '../photos/measure-photos.ts';

/** One photo with what it shows (undefined for a photo of something else) and what the model said. */
export interface EvaluatedPhoto {
  /** Relative to the folder that was given. */
  readonly path: string;
  readonly label: string | undefined;
  readonly predicted: string;
  readonly probability: number;
  readonly verdict: Verdict;
  readonly unfamiliarity?: number;
  readonly probabilities: readonly number[];
}

/** A share of photos with its 95 % Wilson interval. */
export interface Share {
  readonly hits: number;
  readonly photos: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Evaluation {
  readonly accuracy: Share;
  readonly labels: readonly { readonly label: string; readonly recall: Share; readonly precision: Share }[];
  /** Rows: what the photos show; columns: what the model said; both in the order of the labels. */
  readonly confusion: readonly (readonly number[])[];
  readonly calibration: {
    readonly error: number;
    readonly errorIfPerfect: { readonly mean: number; readonly percentile95: number };
    readonly bins: readonly ReliabilityBin[];
  };
  readonly confident: { readonly coverage: Share; readonly right: Share };
  /** How many answers nobody promises anything of; all or none. */
  readonly uncalibrated: number;
  readonly coverage: readonly { readonly atLeast: number; readonly coverage: number; readonly right: number }[];
  /** Left out where the model has no statistics for it. */
  readonly unfamiliar?: { readonly ofPhotos: Share; readonly ofOthers?: Share; readonly rocArea?: number };
  /** The mistakes of the highest probability. */
  readonly worst: readonly EvaluatedPhoto[];
}

const thresholds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
const worstShown = 10;

export function toEvaluatedPhoto(
  labels: readonly string[],
  { measurement, classification }: PhotoResult<unknown>,
  path: string,
  label: string | undefined,
): EvaluatedPhoto {
  const { probabilities, verdict } = classification;
  const first = indexOfLargest(probabilities);
  return {
    path,
    label,
    predicted: labels[first] as string,
    probability: probabilities[first] as number,
    verdict,
    ...(measurement.unfamiliarity !== undefined && { unfamiliarity: measurement.unfamiliarity }),
    probabilities: [...probabilities],
  };
}

/** What the results say of the model; `others` are photos of other things and may be empty. */
export function evaluateResults(
  labels: readonly string[],
  photos: readonly EvaluatedPhoto[],
  others: readonly EvaluatedPhoto[],
): Evaluation {
  const answers = photos.map((photo) => ({ probability: photo.probability, isRight: isRight(photo) }));
  const confident = photos.filter((photo) => photo.verdict === 'confident');
  const mistakes = photos.filter((photo) => !isRight(photo));
  return {
    accuracy: toShare(photos.filter(isRight).length, photos.length),
    labels: labels.map((label) => {
      const shown = photos.filter((photo) => photo.label === label);
      const said = photos.filter((photo) => photo.predicted === label);
      const hits = shown.filter(isRight).length;
      return { label, recall: toShare(hits, shown.length), precision: toShare(hits, said.length) };
    }),
    confusion: labels.map((shown) =>
      labels.map((said) => photos.filter((photo) => photo.label === shown && photo.predicted === said).length),
    ),
    calibration: {
      error: measureCalibrationError(answers),
      errorIfPerfect: simulatePerfectCalibration(answers),
      bins: binAnswers(answers),
    },
    confident: {
      coverage: toShare(confident.length, photos.length),
      right: toShare(confident.filter(isRight).length, confident.length),
    },
    uncalibrated: photos.filter((photo) => photo.verdict === 'uncalibrated').length,
    coverage: thresholds.map((atLeast) => {
      const kept = answers.filter((answer) => answer.probability >= atLeast);
      const right = kept.filter((answer) => answer.isRight).length;
      return { atLeast, coverage: kept.length / answers.length, right: right / Math.max(1, kept.length) };
    }),
    ...evaluateUnfamiliar(photos, others),
    worst: mistakes.toSorted((one, other) => other.probability - one.probability).slice(0, worstShown),
  };
}

export function isRight({ label, predicted }: EvaluatedPhoto): boolean {
  return label === predicted;
}

function evaluateUnfamiliar(
  photos: readonly EvaluatedPhoto[],
  others: readonly EvaluatedPhoto[],
): Pick<Evaluation, 'unfamiliar'> {
  const scoresOf = (some: readonly EvaluatedPhoto[]) => some.flatMap((photo) => photo.unfamiliarity ?? []);
  const known = scoresOf(photos);
  if (known.length === 0) return {};
  const shareOf = (some: readonly EvaluatedPhoto[]) =>
    toShare(some.filter((photo) => photo.verdict === 'unfamiliar').length, some.length);
  return {
    unfamiliar: {
      ofPhotos: shareOf(photos),
      ...(others.length > 0 && { ofOthers: shareOf(others), rocArea: rocArea(scoresOf(others), known) }),
    },
  };
}

function toShare(hits: number, photos: number): Share {
  // Of no photos nothing is known.
  if (photos === 0) return { hits, photos, share: 0, low: 0, high: 1 };
  return { hits, photos, share: hits / photos, ...wilsonInterval(hits, photos) };
}
