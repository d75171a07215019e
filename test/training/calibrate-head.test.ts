import { expect, it } from 'vitest';
import type { FeatureMatrix } from '../../model/calibration/feature-matrix.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { Body } from '../../training/body/body.ts';
import { calibrateHead, makeEmptyFeatures } from '../../training/calibrate-head.ts';
import type { FeatureCache, PhotoFacts } from '../../training/features/feature-cache.ts';
import type { Learned } from '../../training/learn.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';

const random = randomNumbers(4);
const around = (middle: number) => Float32Array.of(middle + random(), 1 - middle + random(), random());

/** Photos of two labels, four in five of them named right; `looked` counts whose features are asked for. */
function learned(count: number, looked: Set<number>): Learned {
  const rows = Array.from({ length: count }, (_, at) => around(at % 2));
  const photos = rows.map((_, at) => {
    const label = at % 2;
    const said = at % 5 === 0 ? 1 - label : label;
    return { label, logits: Float32Array.of(said === 0 ? 2 : 0, said === 1 ? 2 : 0) };
  });
  const row = (at: number) => {
    looked.add(at);
    return rows[at];
  };
  return { photos, features: { row } as unknown as FeatureMatrix } as unknown as Learned;
}

const empty = {
  toFit: Array.from({ length: 10 }, () => around(0.5)),
  toMeasure: Array.from({ length: 5 }, () => around(0.5)),
};

it.each([
  [19, undefined],
  [20, 20],
])('promises something after %i photos: %s', (count, photos) => {
  const calibration = calibrateHead(learned(count, new Set()), [], () => empty, 1);

  expect(calibration?.fitted?.photos).toBe(photos);
});

it('learns what is familiar from 1,500 photos at most', () => {
  const looked = new Set<number>();

  const calibration = calibrateHead(learned(1_510, looked), [around(3), around(4)], () => empty, 1);

  expect(calibration?.fitted).toMatchObject({ photos: 1_510, others: 2 });
  expect(looked.size).toBe(1_500);
});

it('makes features of ten photos of nothing of each kind, others to measure on, and each once', () => {
  const kept = new Map<string, PhotoFacts>();
  const cache = {
    get: (hash: string) => kept.get(hash),
    set: (hash: string, facts: PhotoFacts) => kept.set(hash, facts),
  } as unknown as FeatureCache;
  let made = 0;
  const body = {
    features({ width, height }: RgbPixels) {
      made++;
      return Float32Array.of(width, height);
    },
  } as Body;

  const first = makeEmptyFeatures(body, cache);
  const second = makeEmptyFeatures(body, cache);

  expect([first.toFit.length, first.toMeasure.length, made, kept.size]).toEqual([40, 40, 80, 80]);
  expect(second).toEqual(first);
  expect([...kept.values()].every(({ fingerprint }) => fingerprint === 0n)).toBe(true);
});
