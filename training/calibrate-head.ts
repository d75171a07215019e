import { calibrate } from '../model/calibration/calibrate.ts';
import { randomSource } from '../model/calibration/random-source.ts';
import type { LabelledLogits } from '../model/calibration/temperature.ts';
import type { CardCalibration } from '../model/card/card.ts';
import { storeUnfamiliarity } from '../model/verdict/unfamiliarity.ts';
import type { CalibratedUnfamiliarity } from './calibrate-on-rows.ts';
import { shuffle } from './head/folds.ts';

/** With fewer answers nothing can be promised. */
export const fewestPhotosToCalibrate = 20;
/** What is unfamiliar is told by what these look like; each makes the learning of it longer. */
const mostPhotosForUnfamiliar = 1500;

/** The rows by which to tell what is unfamiliar, in an order that does not go by what they show; none of too few photos. */
export function chooseRowsForUnfamiliar(photos: number, seed: number): readonly number[] {
  return photos < fewestPhotosToCalibrate ? [] : orderOf(photos, seed).slice(0, mostPhotosForUnfamiliar);
}

/** What a card's calibration says of answers. */
export type AnswerCalibration = ReturnType<typeof calibrate> | undefined;

/**
 * Temperature and `unsureBelow` by what heads said of photos that they had not seen; undefined for fewer than 20 photos.
 */
export function calibrateAnswers(photos: readonly LabelledLogits[], seed: number): AnswerCalibration {
  if (photos.length < fewestPhotosToCalibrate) return undefined;
  const inOrder = orderOf(photos.length, seed).map((row) => photos[row] as LabelledLogits);
  return calibrate({ photos: inOrder, trainedOn: [], others: [], empty: [], emptyForMeasuring: [] });
}

/** Both parts of a card's calibration, fitted on so many photos. */
export function joinCalibration(
  answers: AnswerCalibration,
  unfamiliarity: CalibratedUnfamiliarity | undefined,
  counts: { readonly photos: number; readonly others: number },
): CardCalibration | undefined {
  if (answers === undefined || unfamiliarity === undefined) return undefined;
  const { fitted, ...rest } = answers;
  return {
    ...rest,
    unfamiliar: { ...storeUnfamiliarity(unfamiliarity.statistics) },
    fitted: { ...counts, crossFitted: { ...(fitted?.crossFitted as object), ...unfamiliarity.figures } },
  };
}

function orderOf(photos: number, seed: number): number[] {
  return shuffle([...Array(photos).keys()], randomSource(seed));
}
