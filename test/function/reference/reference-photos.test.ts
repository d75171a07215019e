import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { referencePhotoNames } from '../../../function/reference/reference-photos.ts';
import { encodeReferencePhotos } from './encode-reference-photos.ts';

const largestSizeInBytes = 60_000;
const encoded = encodeReferencePhotos();

it.each(referencePhotoNames)('%s is stored as its drawing is encoded', (name) => {
  const stored = readFileSync(join(assets.referencePhotosDirectory, name));

  // If this fails: node test/function/reference/encode-reference-photos.ts
  expect(Buffer.compare(Buffer.from(encoded[name]), stored)).toBe(0);
});

it('all of them add at most 60 kB to the image', () => {
  const sizes = referencePhotoNames.map((name) => statSync(join(assets.referencePhotosDirectory, name)).size);

  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(largestSizeInBytes);
});
