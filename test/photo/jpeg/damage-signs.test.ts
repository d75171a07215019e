import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../../photo/jpeg/decode-jpeg.ts';
import { findSegment } from '../../helpers/jpeg-file.ts';
import { encodeJpeg, progressiveScans } from './encoder/encode-jpeg.ts';
import { sampling } from './encoder/sampling.ts';

/** A picture whose every block differs, so that blocks out of place show. */
const options = {
  width: 176,
  height: 176,
  sampling: sampling('2x2,1x1,1x1'),
  quantisationStep: 8,
  sampleAt: (component: number, x: number, y: number) =>
    128 + 60 * Math.sin((x * y) / 900 + component) + 50 * Math.cos(x / 3 - y / 17) + ((x * 7 + y * 13) % 11),
};
const jpeg = Buffer.from(encodeJpeg(options));
const other = Buffer.from(encodeJpeg({ ...options, sampleAt: (_, x, y) => 128 + 100 * Math.sin((x + 2 * y) / 5) }));
const progressive = Buffer.from(encodeJpeg({ ...options, scans: progressiveScans(3) }));
const endMarker = Buffer.of(0xff, 0xd9);

const scanStart = findSegment(jpeg, 0xda) + 14;
const middle = (scanStart + jpeg.length) >> 1;

/** Where each start-of-scan marker lies. */
function scansOf(file: Buffer): number[] {
  const found: number[] = [];
  for (let at = file.indexOf(Buffer.of(0xff, 0xda)); at >= 0; at = file.indexOf(Buffer.of(0xff, 0xda), at + 2)) {
    found.push(at);
  }
  return found;
}

function expectCorrupt(file: Uint8Array, minimum?: number): void {
  const minimumSize = minimum === undefined ? undefined : { width: minimum, height: minimum };
  expect(() => decodeJpeg(file, { minimumSize })).toThrow(expect.objectContaining({ kind: 'corrupt' }));
}

/** The file with its claimed height changed, so that its data is for more blocks than it is asked for. */
function withHeight(file: Buffer, height: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt16BE(height, findSegment(changed, file === progressive ? 0xc2 : 0xc0) + 5);
  return changed;
}

describe.each([undefined, 40])('decoded for a minimum of %s pixels', (minimum) => {
  it.each([
    [
      '2 kB of another photo',
      Buffer.concat([jpeg.subarray(0, middle), other.subarray(middle, middle + 2048), jpeg.subarray(middle + 2048)]),
    ],
    [
      'its halves swapped',
      Buffer.concat([
        jpeg.subarray(0, scanStart),
        jpeg.subarray(middle, -2),
        jpeg.subarray(scanStart, middle),
        endMarker,
      ]),
    ],
    ['512 bytes of zeros', Buffer.from(jpeg).fill(0, middle, middle + 512)],
    ['a kilobyte of it left out', Buffer.concat([jpeg.subarray(0, middle), jpeg.subarray(middle + 1024)])],
    ['a kilobyte of it twice', Buffer.concat([jpeg.subarray(0, middle + 1024), jpeg.subarray(middle)])],
    ['data for more rows than it has', withHeight(jpeg, 160)],
    ['a byte behind its last block', Buffer.concat([jpeg.subarray(0, -2), Buffer.of(0x12), endMarker])],
    ['two bytes behind its last block', Buffer.concat([jpeg.subarray(0, -2), Buffer.of(0x12, 0x34), endMarker])],
    [
      'a restart marker and more behind its last block',
      Buffer.concat([jpeg.subarray(0, -2), Buffer.of(0xff, 0xd0, 0x12), endMarker]),
    ],
  ])('a JPEG with %s is corrupt', (_, file) => {
    expectCorrupt(file, minimum);
  });

  it.each([
    ['zeros', Buffer.alloc(300)],
    ['ones', Buffer.concat(Array.from({ length: 20 }, () => Buffer.of(0xff, 0)))],
    ['a byte of ones and zeros', Buffer.of(0xe0)],
    ['a restart marker', Buffer.of(0xff, 0xd0)],
  ])('a JPEG padded with %s behind its last block is whole', (_, padding) => {
    const padded = Buffer.concat([jpeg.subarray(0, -2), padding, endMarker]);
    const minimumSize = minimum === undefined ? undefined : { width: minimum, height: minimum };

    expect(decodeJpeg(padded, { minimumSize })).toEqual(decodeJpeg(jpeg, { minimumSize }));
  });

  it('a progressive JPEG is corrupt when cut between any two of its scans', () => {
    for (const scan of scansOf(progressive).slice(1)) {
      expectCorrupt(Buffer.concat([progressive.subarray(0, scan), endMarker]), minimum);
    }
  });

  it('a progressive JPEG is corrupt with a marker inside any scan that cannot stand there', () => {
    for (const scan of scansOf(progressive)) {
      const file = Buffer.from(progressive);
      file.set([0xff, 0x3f], scan + 40);
      expectCorrupt(file, minimum);
    }
  });

  it('a progressive JPEG with data for more rows than it has is corrupt', () => {
    expectCorrupt(withHeight(progressive, 160), minimum);
  });

  it.each([
    ['sequential', jpeg],
    ['progressive', progressive],
  ])('a %s JPEG is corrupt where its blocks are brighter than white', (_, file) => {
    const bright = Buffer.from(file);
    bright[findSegment(bright, 0xdb) + 5] = 80;

    expectCorrupt(bright, minimum);
  });

  it('a JPEG as bright and as dark as can be is whole', () => {
    const extremes = encodeJpeg({ ...options, quantisationStep: 50, sampleAt: (_, x) => ((x >> 4) & 1 ? 255 : 0) });
    const minimumSize = minimum === undefined ? undefined : { width: minimum, height: minimum };

    expect(() => decodeJpeg(extremes, { minimumSize })).not.toThrow();
  });
});
