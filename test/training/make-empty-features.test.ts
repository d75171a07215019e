import { expect, it } from 'vitest';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { Body } from '../../training/body/body.ts';
import type { FeatureCache, PhotoFacts } from '../../training/features/feature-cache.ts';
import { makeEmptyFeatures } from '../../training/make-empty-features.ts';

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
