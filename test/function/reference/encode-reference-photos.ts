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

function channelOf({ width, height, data }: RgbPixels, x: number, y: number, channel: number): number {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(height - 1, Math.max(0, Math.round(y)));
  return data[(row * width + column) * 3 + channel] as number;
}

/** Colour as softly as photos have it, since decoders differ in how they spread it over sharp edges. */
const softnessInPixels = 9;

/** ITU-T T.871 (JFIF), section 7. */
function ycbcrOf(pixels: RgbPixels): (component: number, x: number, y: number) => number {
  const luma = (x: number, y: number) => weigh(pixels, [0.299, 0.587, 0.114], x, y);
  const softly = (factors: readonly number[]) => (x: number, y: number) => {
    const offsets = Array.from({ length: 2 * softnessInPixels + 1 }, (_, at) => at - softnessInPixels);
    const sums = offsets.flatMap((down) => offsets.map((across) => weigh(pixels, factors, x + across, y + down)));
    return 128 + sums.reduce((total, value) => total + value, 0) / sums.length;
  };
  const components = [luma, softly([-0.168736, -0.331264, 0.5]), softly([0.5, -0.418688, -0.081312])];
  return (component, x, y) => components[component]?.(x, y) ?? 0;
}

function weigh(pixels: RgbPixels, factors: readonly number[], x: number, y: number): number {
  return factors.reduce((sum, factor, channel) => sum + factor * channelOf(pixels, x, y, channel), 0);
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
