import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import { exifPayload, exifStructure } from '../helpers/exif-structure.ts';
import { encodeJpeg, findSegment, insertAfterStart, jpegSegment } from '../helpers/jpeg-file.ts';
import { encodePng, encodeRgbPng, pngChunk } from '../helpers/png-file.ts';
import { drawQuadrants } from '../helpers/quadrants.ts';
import { encodeWebp } from '../helpers/webp-file.ts';

const options = { maximumPixels: 100_000 };
const allowedKinds: readonly string[] = ['empty', 'turned-into-text', 'unsupported', 'too-large', 'corrupt'];
const largestTimeInMilliseconds = 5_000;

const pixels = drawQuadrants(24, 16);
const jpeg = insertAfterStart(encodeJpeg(pixels, 60), jpegSegment(0xe1, exifPayload(6)));
const png = encodeRgbPng(pixels, pngChunk('eXIf', exifStructure(8)));
const interlacedPng = encodePng({
  width: 9,
  height: 9,
  depth: 4,
  colourType: 0,
  interlaced: true,
  samples: (x, y) => [(x * y) % 16],
});
const rgba = { width: 24, height: 16, data: Buffer.from(Array.from({ length: 1536 }, (_, i) => (i * 7) % 256)) };
const lossyWebp = await encodeWebp(rgba, { lossless: false });
const losslessWebp = await encodeWebp(rgba, { lossless: true });
const files: [string, Buffer][] = [
  ['JPEG', jpeg],
  ['PNG', png],
  ['interlaced PNG', interlacedPng],
  ['lossy WebP', lossyWebp],
  ['lossless WebP', losslessWebp],
];

/** Where nothing of a file is left but its end marker, without which the picture is whole. */
function endOfPicture(file: Buffer): number {
  if (file[0] === 0xff) return file.length - 2;
  return file[0] === 0x89 ? file.length - pngChunk('IEND').length : file.length;
}

/** A complete picture, or an error that names what is wrong with the file; and neither of them late. */
async function expectPictureOrRefusal(file: Uint8Array): Promise<string> {
  const start = performance.now();
  try {
    const decoded = await decodePhoto(file, options);
    expect(decoded.pixels.data.length).toBe(3 * decoded.pixels.width * decoded.pixels.height);
    expect(decoded.photo.width * decoded.photo.height).toBeLessThanOrEqual(options.maximumPixels);
    return 'picture';
  } catch (error) {
    if (!(error instanceof PhotoError)) throw error;
    expect(allowedKinds).toContain(error.kind);
    return error.kind;
  } finally {
    expect(performance.now() - start).toBeLessThan(largestTimeInMilliseconds);
  }
}

describe('a photo cut short', () => {
  it.each(files)('is corrupt at every length of its picture: %s', async (_, file) => {
    for (let length = file.toString('latin1', 0, 4) === 'RIFF' ? 4 : 1; length < endOfPicture(file); length++) {
      await expect(decodePhoto(file.subarray(0, length), options), `${length} bytes`).rejects.toMatchObject({
        kind: 'corrupt',
      });
    }
  });

  it('is corrupt with an end-of-image marker put behind the cut', async () => {
    const scan = findSegment(jpeg, 0xda) + 14;
    for (let length = scan; length < jpeg.length - 3; length++) {
      const file = Buffer.concat([jpeg.subarray(0, length), Buffer.of(0xff, 0xd9)]);
      await expect(decodePhoto(file, options), `${length} bytes`).rejects.toMatchObject({ kind: 'corrupt' });
    }
  });
});

describe('a photo with one byte changed', () => {
  it.each(files)('gives a picture or an error of the family: %s', async (_, file) => {
    for (let at = 0; at < file.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(file);
        changed[at] = (changed[at] as number) ^ change;
        await expectPictureOrRefusal(changed);
      }
    }
  });

  it.each([
    ['PNG', png],
    ['interlaced PNG', interlacedPng],
  ])('is refused wherever the byte lies in what the picture is made of, which check values cover: %s', async (_, file) => {
    const exif = file.indexOf('eXIf');
    for (let at = 0; at < endOfPicture(file); at++) {
      if (exif > 0 && at >= exif - 4 && at < exif + exifStructure(8).length + 8) continue;
      const changed = Buffer.from(file);
      changed[at] = (changed[at] as number) ^ 0x10;
      expect(await expectPictureOrRefusal(changed), `byte ${at}`).not.toBe('picture');
    }
  });
});

describe('a photo mixed up at random', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 20 }),
    inserted: fc.uint8Array({ maxLength: 20 }),
  });

  it.each(files)('gives a picture or an error of the family: %s', async (_, file) => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        let mixed: Buffer = Buffer.from(file);
        for (const { at, removed, inserted } of edits) {
          const start = Math.floor(at * mixed.length);
          mixed = Buffer.concat([mixed.subarray(0, start), inserted, mixed.subarray(start + removed)]);
        }
        await expectPictureOrRefusal(mixed);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'RIFF\x20\0\0\0WEBPVP8 ',
    'RIFF\x20\0\0\0WEBPVP8L',
    '',
  ])('gives a picture or an error of the family: any bytes behind %j', async (signature) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await expectPictureOrRefusal(Buffer.concat([Buffer.from(signature, 'latin1'), bytes]));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a size that is a lie', () => {
  const lie = (width: number, height: number) => {
    const file = Buffer.from(jpeg);
    const frame = findSegment(jpeg, 0xc0);
    file.writeUInt16BE(height, frame + 5);
    file.writeUInt16BE(width, frame + 7);
    return file;
  };

  it.each([
    [300, 300],
    [24, 17],
    [25, 16],
    [1, 65_535],
    [65_535, 1],
  ])('never gives a JPEG of 24 × 16 pixels the %i × %i that its header claims', async (width, height) => {
    const outcome = await expectPictureOrRefusal(lie(width, height));
    expect(outcome).toBe('corrupt');
  });

  it.each([
    ['one row more', { width: 24, height: 17 }],
    ['one column more', { width: 25, height: 16 }],
    ['300 × 300 pixels', { width: 300, height: 300 }],
  ])('never gives a PNG the %s that its header claims', async (_, size) => {
    const honest = encodeRgbPng(pixels);
    const header = encodeRgbPng({ ...size, data: new Uint8Array(3 * size.width * size.height) }).subarray(0, 33);
    expect(await expectPictureOrRefusal(Buffer.concat([header, honest.subarray(33)]))).toBe('corrupt');
  });
});
