import { expect, it } from 'vitest';
import { type DecodeOptions, decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { encodePng } from '../helpers/png-file.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { encodeJpeg, progressiveScans } from './jpeg/encoder/encode-jpeg.ts';
import { sampling } from './jpeg/encoder/sampling.ts';

const colour = sampling('2x2,1x1,1x1');
const samplesOf = (channels: number, most: number) => (x: number, y: number) =>
  Array.from({ length: channels }, (_, channel) => (x * 7 + y * 13 + channel * 29 + ((x * y) >> 2)) % (most + 1));

/** The first row too is filtered by the one above it. */
const filters = [4, 2, 3, 1, 0];

const whole = [
  encodeJpeg({ width: 70, height: 50, sampling: colour, restartInterval: 3 }),
  encodeJpeg({ width: 37, height: 61, sampling: colour, scans: progressiveScans(3), quantisationStep: 1 }),
  encodeJpeg({ width: 9, height: 130, sampling: sampling('1x1'), scans: progressiveScans(1) }),
  encodeJpeg({
    width: 41,
    height: 17,
    sampling: sampling('1x1,1x1,1x1'),
    scans: [0, 1, 2].map((at) => ({ components: [at] })),
  }),
  encodePng({ filters, width: 60, height: 40, depth: 8, colourType: 2, samples: samplesOf(3, 255) }),
  encodePng({
    filters,
    width: 33,
    height: 21,
    depth: 16,
    colourType: 6,
    interlaced: true,
    samples: samplesOf(4, 65_535),
  }),
  encodePng({ filters, width: 90, height: 7, depth: 2, colourType: 0, samples: samplesOf(1, 3) }),
  encodePng({ filters, width: 5, height: 200, depth: 8, colourType: 6, samples: samplesOf(4, 255) }),
];
/** Each fails where some of it is decoded already. */
const damaged = whole.map((file) => {
  const cut = Uint8Array.from(file);
  cut.fill(0x55, Math.floor(0.7 * cut.length), Math.floor(0.7 * cut.length) + 20);
  return cut;
});
const files = [...whole, ...damaged];
const sizes: readonly DecodeOptions[] = [
  {},
  { minimumSize: { width: 4, height: 4 } },
  { minimumSize: { width: 12, height: 9 } },
].map((size) => ({ maximumPixels: 100_000, ...size }));

/** What comes of a photo, in words that can be compared. */
async function outcomeOf(file: Uint8Array, options: DecodeOptions): Promise<{ outcome: string; pixels?: RgbPixels }> {
  try {
    const { pixels } = await decodePhoto(file, options);
    return { outcome: describe(pixels), pixels };
  } catch (error) {
    if (!(error instanceof PhotoError)) throw error;
    return { outcome: error.message };
  }
}

function describe({ width, height, data }: RgbPixels): string {
  return `${width} × ${height}: ${Buffer.from(data).toString('base64')}`;
}

it('a photo comes out the same whatever was decoded before, failed, was given up or is held', async () => {
  const expected = await Promise.all(
    files.map((file) => Promise.all(sizes.map(async (options) => (await outcomeOf(file, options)).outcome))),
  );
  const random = randomNumbers(7);
  const below = (end: number) => Math.floor(random() * end);
  const over = new Error('nobody waits any more');
  const held: { readonly pixels: RgbPixels; readonly outcome: string | undefined }[] = [];

  for (let turn = 0; turn < 200; turn++) {
    const [at, size] = [below(files.length), below(sizes.length)];
    const [file, options] = [files[at] as Uint8Array, { ...sizes[size], mayLend: random() < 0.5 } as DecodeOptions];
    if (random() < 0.2) {
      let untilOver = below(6);
      const throwIfOver = () => {
        if (untilOver-- === 0) throw over;
      };
      await decodePhoto(file, { ...options, throwIfOver }).catch((error) => {
        if (error !== over && !(error instanceof PhotoError)) throw error;
      });
    }

    const { outcome, pixels } = await outcomeOf(file, options);

    expect(outcome, `turn ${turn}`).toBe(expected[at]?.[size]);
    if (pixels !== undefined) held.push({ pixels, outcome });
    while (held.length > below(4)) {
      const [one] = held.splice(below(held.length), 1) as [(typeof held)[0]];
      expect(describe(one.pixels), `held until turn ${turn}`).toBe(one.outcome);
      one.pixels.release?.();
    }
  }
  for (const { pixels } of held) pixels.release?.();
  expect(
    expected
      .slice(0, whole.length)
      .flat()
      .every((outcome) => outcome.includes('×')),
  ).toBe(true);
  expect(
    expected
      .slice(whole.length)
      .flat()
      .every((outcome) => outcome.startsWith('The ')),
  ).toBe(true);
});
