// Writes the photos that the bundle carries for comparing decoders.
//   node test/function/reference/encode-reference-photos.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferencePhotoName } from '../../../function/reference/reference-photos.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import type { RgbPixels } from '../../../photo/pixels/pixels.ts';
import { encodePng, encodeRgbPng, pngChunk } from '../../helpers/png-file.ts';
import { type EncodeOptions, encodeJpeg, progressiveScans } from '../../photo/jpeg/encoder/encode-jpeg.ts';

const size = { width: 192, height: 256 } as const;
const sharedChroma: EncodeOptions['sampling'] = [
  [2, 2],
  [1, 1],
  [1, 1],
];
/** Adobe's segment: of four components without a transform, each stored as 255 less its ink. */
const adobe = [0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0];

/** Every photo, made of the drawings that parity.json knows, so that the same bytes can be made anywhere. */
export function encodeReferencePhotos(): Readonly<Record<ReferencePhotoName, Uint8Array>> {
  const garment = drawParityPhoto({ kind: 'garment', ...size, seed: 7 });
  const discs = drawParityPhoto({ kind: 'discs', ...size, seed: 11 });
  return {
    'baseline.jpg': encodeJpeg({ ...size, sampling: sharedChroma, sampleAt: ycbcrOf(garment) }),
    'progressive.jpg': encodeJpeg({
      ...size,
      sampling: sharedChroma,
      sampleAt: ycbcrOf(discs),
      scans: progressiveScans(3),
    }),
    'grey.jpg': encodeJpeg({ ...size, sampling: [[1, 1]], sampleAt: ycbcrOf(garment) }),
    'cmyk.jpg': encodeJpeg({
      ...size,
      sampling: [0, 1, 2, 3].map(() => [1, 1] as const),
      sampleAt: (component, x, y) => (component === 3 ? 255 : channelOf(discs, x, y, component)),
      segments: adobe,
    }),
    'rgb.png': encodeRgbPng(garment),
    'palette.png': encodePalettePng(discs),
  };
}

function channelOf(pixels: RgbPixels, x: number, y: number, channel: number): number {
  return pixels.data[placeOf(pixels, x, y) * 3 + channel] as number;
}

/** The pixel at a place, or the nearest to it: so many come before it. */
function placeOf({ width, height }: RgbPixels, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(height - 1, Math.max(0, Math.round(y)));
  return row * width + column;
}

/** Colour as softly as photos have it, since decoders differ in how they spread it over sharp edges. */
const softnessInPixels = 9;

/** ITU-T T.871 (JFIF), section 7. */
function ycbcrOf(pixels: RgbPixels): (component: number, x: number, y: number) => number {
  const { width, height } = pixels;
  const weighAll = (factors: readonly number[]) =>
    Float64Array.from({ length: width * height }, (_, at) =>
      factors.reduce(
        (sum, factor, channel) => sum + factor * channelOf(pixels, at % width, Math.floor(at / width), channel),
        0,
      ),
    );
  const luma = weighAll([0.299, 0.587, 0.114]);
  const chroma = [weighAll([-0.168736, -0.331264, 0.5]), weighAll([0.5, -0.418688, -0.081312])];
  return (component, x, y) => {
    const weighed = chroma[component - 1];
    return weighed === undefined ? (luma[placeOf(pixels, x, y)] as number) : 128 + softly(pixels, weighed, x, y);
  };
}

/** The mean of what is around a place. */
function softly(pixels: RgbPixels, weighed: Float64Array, x: number, y: number): number {
  let total = 0;
  for (let down = -softnessInPixels; down <= softnessInPixels; down++) {
    for (let across = -softnessInPixels; across <= softnessInPixels; across++) {
      total += weighed[placeOf(pixels, x + across, y + down)] as number;
    }
  }
  return total / (2 * softnessInPixels + 1) ** 2;
}

function encodePalettePng(pixels: RgbPixels): Uint8Array {
  const colours = new Map<string, number>();
  const indexAt = (x: number, y: number): number => {
    const key = [0, 1, 2].map((channel) => channelOf(pixels, x, y, channel)).join();
    const index = colours.get(key) ?? colours.size;
    colours.set(key, index);
    return index;
  };
  const indices = Array.from({ length: pixels.height }, (_, y) =>
    Array.from({ length: pixels.width }, (_, x) => indexAt(x, y)),
  );
  const palette = Buffer.from([...colours.keys()].flatMap((key) => key.split(',').map(Number)));
  const samples = (x: number, y: number) => [indices[y]?.[x] as number];
  return encodePng({ ...size, depth: 8, colourType: 3, samples }, pngChunk('PLTE', palette));
}

if (import.meta.main) {
  const directory = join(import.meta.dirname, '../../../function/reference/photos');
  for (const [name, bytes] of Object.entries(encodeReferencePhotos())) writeFileSync(join(directory, name), bytes);
}
