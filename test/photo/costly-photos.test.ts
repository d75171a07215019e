import { describe, expect, it } from 'vitest';
import { baselineOfNothing, baselineOfScans, floodOf, progressiveOfNothing } from '../../bench/costly/costly-jpegs.ts';
import { pngFlood, pngOfBlocks, pngOfNothing } from '../../bench/costly/costly-pngs.ts';
import { type DecodeOptions, decodePhoto } from '../../photo/decode-photo.ts';
import { encodeWebp, extendedHeader, riffChunk, webpFile } from '../helpers/webp-file.ts';

const options: DecodeOptions = { maximumPixels: 50_000_000 };
const shape = { width: 2000, height: 1000, components: 4 };
const progressive = progressiveOfNothing(shape, 0, [[1, 63]], 5);
const png = pngOfNothing({ width: 400, height: 300, depth: 8, colourType: 2, interlaced: true, bits: 24 });
const webp = await encodeWebp({ width: 500, height: 400, data: Buffer.alloc(500 * 400 * 4, 9) }, { lossless: true });

describe('memory that a photo would take', () => {
  // Pixels take 3 bytes; a component's sample kept until the last scan 1, or 2 and an eighth where progressive.
  it.each([
    ['a progressive JPEG of four components', 23, progressive],
    ['a baseline JPEG of four scans', 14, baselineOfScans(shape)],
    ['a baseline JPEG of one scan', 6, baselineOfNothing(shape)],
    ['a PNG', 1, png],
    ['a WebP', 3, webp],
  ])('is estimated from the header: %s takes %i MB', async (_, megabytes, file) => {
    const refused = decodePhoto(file, { ...options, maximumMegabytes: megabytes - 1 });
    await expect(refused).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining(`about ${megabytes} MB`),
    });

    await expect(decodePhoto(file, { ...options, maximumMegabytes: megabytes })).resolves.toBeDefined();
  });

  it('is what the scale takes that it is decoded at', async () => {
    const minimumSize = { width: 100, height: 50 };

    await expect(decodePhoto(progressive, { ...options, minimumSize, maximumMegabytes: 2 })).resolves.toBeDefined();
  });

  it('of a small frame on a large canvas is that of the canvas', async () => {
    const frame = Buffer.concat([Buffer.alloc(16), webp.subarray(12)]);
    frame.writeUIntLE(499, 6, 3);
    frame.writeUIntLE(399, 9, 3);
    const animation = webpFile(
      extendedHeader(4000, 3000, 0x02),
      riffChunk('ANIM', Buffer.alloc(6)),
      riffChunk('ANMF', frame),
    );

    await expect(decodePhoto(animation, { ...options, maximumMegabytes: 38 })).rejects.toMatchObject({
      kind: 'too-large',
    });
    await expect(decodePhoto(animation, { ...options, maximumMegabytes: 39 })).resolves.toBeDefined();
  });
});

describe('work that a photo asks for', () => {
  it.each([
    ['comments', floodOf(0xfe, Buffer.alloc(0), 100_000)],
    ['tables in segments', floodOf(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)]), 800_000)],
    ['tables in one segment', floodOf(0xc4, Buffer.alloc(17 * 3800), 300_000)],
    ['chunks of a PNG', pngFlood('teSt', 2_000_000)],
    ['pieces of a PNG', pngFlood('IDAT', 2_000_000)],
    ['chunks of a WebP', webpFile(extendedHeader(8, 8, 0), Buffer.alloc(900_000, riffChunk('JUNK', Buffer.alloc(0))))],
  ])('is bounded in %s', async (_, file) => {
    await expect(decodePhoto(file, options)).rejects.toMatchObject({
      kind: 'corrupt',
      message: expect.stringContaining('more than'),
    });
  });

  it('is bounded in scans times blocks', async () => {
    const file = progressiveOfNothing(
      { width: 670, height: 60_000, components: 4 },
      11,
      [
        [1, 31],
        [32, 63],
      ],
      100,
    );

    await expect(decodePhoto(file, options)).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('blocks in all of its scans'),
    });
  });
});

describe('a decode that nobody waits for any more', () => {
  const over = new Error('over');

  it.each([
    ['a JPEG in one scan', baselineOfNothing(shape)],
    ['a JPEG of many scans', progressive],
    ['a PNG', png],
    ['a PNG of blocks that hold nothing', pngOfBlocks('fixed', 1000)],
    ['a PNG of such with codes of their own', pngOfBlocks('own', 4000)],
  ])('ends after the first rows: %s', async (_, file) => {
    let asked = 0;
    const throwIfOver = () => {
      asked += 1;
      if (asked === 3) throw over;
    };

    await expect(decodePhoto(file, { ...options, throwIfOver })).rejects.toBe(over);
    expect(asked).toBe(3);
  });
});

it.each([
  'fixed',
  'own',
] as const)('a PNG of blocks that hold nothing lets others have their turn: %s codes', async (kind) => {
  let wasAnother = false;
  setImmediate(() => {
    wasAnother = true;
  });

  const { pixels } = await decodePhoto(pngOfBlocks(kind, 60_000), options);

  expect(pixels.data.every((sample) => sample === 0)).toBe(true);
  expect(wasAnother).toBe(true);
});
