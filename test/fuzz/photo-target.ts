import { crc32 } from 'node:zlib';
import { ServiceError } from '../../function/errors.ts';
import { decodePhoto } from '../../function/photo/decode-photo.ts';
import { exifPayload, exifStructure } from '../helpers/exif-structure.ts';
import { encodeJpeg, insertAfterStart, jpegSegment } from '../helpers/jpeg-file.ts';
import { encodePng, encodeRgbPng, pngChunk, pngSignature } from '../helpers/png-file.ts';
import { drawQuadrants } from '../helpers/quadrants.ts';
import { encodeWebp } from '../helpers/webp-file.ts';
import type { FuzzTarget } from './fuzz-target.ts';

const maximumPixels = 1_000_000;
const allowedCodes = ['bad_request', 'unsupported_format', 'photo_too_large', 'corrupt_photo'];

/** The decoders: any bytes give a complete picture within the limits, or an error that says what is wrong with them. */
export const target: FuzzTarget = {
  async seeds() {
    const small = drawQuadrants(40, 24);
    const rgba = { width: 24, height: 16, data: Buffer.from(Array.from({ length: 1536 }, (_, i) => (i * 7) % 256)) };
    const shades = { width: 19, height: 13, samples: (x: number, y: number) => [(x * y) % 4] };
    const palette = pngChunk('PLTE', Buffer.from([0, 0, 0, 80, 0, 0, 0, 160, 0, 0, 0, 240]));
    return [
      encodeJpeg(small, 40),
      insertAfterStart(encodeJpeg(small, 90), jpegSegment(0xe1, exifPayload(6))),
      encodeRgbPng(small, pngChunk('eXIf', exifStructure(8))),
      encodePng({ ...shades, depth: 2, colourType: 0, interlaced: true }, pngChunk('tRNS', Buffer.of(0, 2))),
      encodePng({ ...shades, depth: 8, colourType: 3 }, palette, pngChunk('tRNS', Buffer.of(9, 99))),
      encodePng({ ...shades, depth: 16, colourType: 6, samples: (x, y) => [x * y, x * 999, y * 999, x * 3000] }),
      await encodeWebp(rgba, { lossless: true }),
      await encodeWebp(rgba, { lossless: false }),
    ];
  },

  repair(input) {
    const file = Buffer.from(input);
    if (!file.subarray(0, 8).equals(pngSignature)) return input;
    for (let at = 8; at + 12 <= file.length; ) {
      const end = at + 8 + file.readUInt32BE(at);
      if (end + 4 > file.length) break;
      file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end);
      at = end + 4;
    }
    return file;
  },

  async check(input) {
    const minimumSize = input.length % 2 === 0 ? { minimumSize: { width: 8, height: 8 } } : {};
    try {
      const { pixels, photo } = await decodePhoto(input, { maximumPixels, ...minimumSize });
      if (photo.width * photo.height > maximumPixels) throw new Error(`${photo.width} × ${photo.height} was decoded`);
      if (pixels.data.length !== 3 * pixels.width * pixels.height) throw new Error(`${pixels.data.length} bytes`);
      if (pixels.width === 0 || pixels.height === 0) throw new Error('a picture without pixels');
    } catch (error) {
      if (!(error instanceof ServiceError && allowedCodes.includes(error.code))) throw error;
    }
  },
};
