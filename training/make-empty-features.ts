import { createHash } from 'node:crypto';
import { drawEmptyPhoto, emptyPhotoKinds } from '../model/calibration/draw-empty-photo.ts';
import type { Body } from './body/body.ts';
import type { FeatureCache } from './features/feature-cache.ts';

/** Features of photos of nothing. */
export interface EmptyFeatures {
  readonly toFit: readonly Float32Array[];
  readonly toMeasure: readonly Float32Array[];
}

const photosPerKind = 10;
// Far from the first, so that no photo of nothing is both fitted and measured on.
const firstSeedForMeasuring = 10_001;

/** Drawn, and kept in the cache like photos. */
export function makeEmptyFeatures(body: Body, cache: FeatureCache): EmptyFeatures {
  const make = (firstSeed: number) =>
    emptyPhotoKinds.flatMap((kind) =>
      Array.from({ length: photosPerKind }, (_, index) => {
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
