import { createHash } from 'node:crypto';
import { calibrate } from '../model/calibration/calibrate.ts';
import { calibrateUnfamiliarity } from '../model/calibration/calibrate-unfamiliarity.ts';
import { drawEmptyPhoto, emptyPhotoKinds } from '../model/calibration/draw-empty-photo.ts';
import { randomSource } from '../model/calibration/random-source.ts';
import type { CardCalibration } from '../model/card/card.ts';
import { storeUnfamiliarity } from '../model/verdict/unfamiliarity.ts';
import type { Body } from './body/body.ts';
import type { FeatureCache } from './features/feature-cache.ts';
import { shuffle } from './head/folds.ts';
import type { Learned } from './learn.ts';

/** With fewer answers nothing can be promised. */
export const fewestPhotosToCalibrate = 20;
/** What is unfamiliar is told by what these look like: 400 of ten labels catch two thirds of other things, 1,500 nine tenths. */
const mostPhotosForUnfamiliar = 1500;
const emptyPhotosPerKind = 10;
// Far from the first, so that no photo of nothing is both fitted and measured on.
const firstSeedForMeasuring = 10_001;

/**
 * Temperature, `unsureBelow` and the statistics of `unfamiliar` by what heads said of photos that they had not seen;
 * undefined for fewer than 20 photos.
 * @param others features of photos of other things; may be empty
 * @param makeEmpty called where they are needed
 */
export function calibrateHead(
  { photos, features }: Learned,
  others: readonly Float32Array[],
  makeEmpty: () => EmptyFeatures,
  seed: number,
): CardCalibration | undefined {
  if (photos.length < fewestPhotosToCalibrate) return undefined;
  // Their order must not go by what they show.
  const rows = shuffle([...photos.keys()], randomSource(seed));
  const labelOf = (row: number) => photos[row]?.label as number;
  const measured = rows.map((row) => ({ logits: photos[row]?.logits as Float32Array, label: labelOf(row) }));
  const none = { trainedOn: [], others: [], empty: [], emptyForMeasuring: [] };
  const { fitted, ...answers } = calibrate({ photos: measured, ...none });
  const empty = makeEmpty();
  const some = rows.slice(0, mostPhotosForUnfamiliar);
  const { statistics, figures } = calibrateUnfamiliarity({
    photos: some.map((row) => ({ features: features.row(row), label: labelOf(row) })),
    trainedOn: [],
    others,
    empty: empty.toFit,
    emptyForMeasuring: empty.toMeasure,
  });
  return {
    ...answers,
    unfamiliar: { ...storeUnfamiliarity(statistics) },
    fitted: {
      photos: photos.length,
      others: others.length,
      crossFitted: { ...(fitted?.crossFitted as object), ...figures },
    },
  };
}

/** Features of photos of nothing. */
export interface EmptyFeatures {
  readonly toFit: readonly Float32Array[];
  readonly toMeasure: readonly Float32Array[];
}

/** Drawn, and kept in the cache like photos. */
export function makeEmptyFeatures(body: Body, cache: FeatureCache): EmptyFeatures {
  const make = (firstSeed: number) =>
    emptyPhotoKinds.flatMap((kind) =>
      Array.from({ length: emptyPhotosPerKind }, (_, index) => {
        const seed = firstSeed + index;
        const hash = createHash('sha256').update(`drawn: ${kind} ${seed}`).digest('hex');
        const known = cache.get(hash);
        if (known !== undefined) return known.features;
        const features = body.features(drawEmptyPhoto(kind, seed)).slice();
        cache.set(hash, { fingerprint: 0n, features });
        return features;
      }),
    );
  return { toFit: make(1), toMeasure: make(firstSeedForMeasuring) };
}
