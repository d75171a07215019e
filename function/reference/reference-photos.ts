import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One photo of each kind that the decoders treat differently: see encode-reference-photos.ts of the tests. */
export const referencePhotoNames = [
  'baseline.jpg',
  'progressive.jpg',
  'grey.jpg',
  'cmyk.jpg',
  'rgb.png',
  'palette.png',
] as const;
export type ReferencePhotoName = (typeof referencePhotoNames)[number];

export function readReferencePhotos(directory: string): readonly Uint8Array[] {
  return referencePhotoNames.map((name) => readFileSync(join(directory, name)));
}
