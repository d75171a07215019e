import jpegJs from 'jpeg-js';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';

/** A baseline JPEG of 4:4:4 YCbCr with a JFIF header, one scan and no restart markers. */
export function encodeJpeg({ width, height, data }: RgbPixels, quality = 95): Buffer {
  const rgba = Buffer.alloc(4 * width * height, 255);
  for (let pixel = 0; pixel < width * height; pixel++) rgba.set(data.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  return jpegJs.encode({ data: rgba, width, height }, quality).data;
}

/** A segment with its marker and length. */
export function jpegSegment(code: number, payload: Uint8Array): Buffer {
  const segment = Buffer.alloc(4 + payload.length);
  segment.writeUInt16BE(0xff00 | code, 0);
  segment.writeUInt16BE(2 + payload.length, 2);
  segment.set(payload, 4);
  return segment;
}

/** The JPEG with bytes put in right after its start-of-image marker. */
export function insertAfterStart(jpeg: Uint8Array, ...inserted: Uint8Array[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...inserted, jpeg.subarray(2)]);
}

/** Where the segment with this marker begins, counted in whole segments from the start. */
export function findSegment(jpeg: Buffer, code: number): number {
  let at = 2;
  while (jpeg[at + 1] !== code) {
    if (jpeg[at] !== 0xff) throw new Error(`no segment ${code.toString(16)}`);
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return at;
}
