import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../../photo/jpeg/decode-jpeg.ts';
import { PhotoError } from '../../../photo/photo-error.ts';
import type { EncodedScan, EncodeOptions } from './encoder/encode-jpeg.ts';
import { encodeJpeg, progressiveScans } from './encoder/encode-jpeg.ts';
import { sampling } from './encoder/sampling.ts';

const options: EncodeOptions = {
  width: 33,
  height: 17,
  sampling: sampling('2x2,1x1,1x1'),
  quantisationStep: 20,
};
const files: [string, Uint8Array][] = [
  ['baseline', encodeJpeg(options)],
  ['baseline with restarts', encodeJpeg({ ...options, restartInterval: 2 })],
  ['of several scans', encodeJpeg({ ...options, scans: [{ components: [0] }, { components: [1, 2] }] })],
  ['progressive', encodeJpeg({ ...options, scans: progressiveScans(3) })],
  ['progressive with restarts', encodeJpeg({ ...options, scans: progressiveScans(3), restartInterval: 2 })],
  ['with its height behind the scan', encodeJpeg({ ...options, hasDnl: true })],
];
const minimumSizes = [
  { width: 33, height: 17 },
  { width: 11, height: 6 },
  { width: 6, height: 3 },
  { width: 1, height: 1 },
];

function errorOf(jpeg: Uint8Array, minimumSize?: { width: number; height: number }): PhotoError | undefined {
  try {
    const { width, height, data } = decodeJpeg(jpeg, minimumSize && { minimumSize });
    expect(data.length).toBe(width * height * 3);
    return undefined;
  } catch (error) {
    if (error instanceof PhotoError) return error;
    throw error;
  }
}

describe.each(files)('a JPEG %s', (_, jpeg) => {
  it.each(minimumSizes)('is corrupt when cut at any length of its picture, decoded to $width pixels', (minimumSize) => {
    expect(errorOf(jpeg, minimumSize)).toBeUndefined();
    const believed: number[] = [];
    for (let length = 0; length < jpeg.length; length++) {
      if (errorOf(jpeg.subarray(0, length), minimumSize)?.kind !== 'corrupt') believed.push(length);
    }
    // All of the picture is there without the end marker's two bytes.
    expect(believed).toEqual([jpeg.length - 2, jpeg.length - 1]);
  });

  it('gives a whole picture or a PhotoError whichever of its bytes is changed', () => {
    const changed = jpeg.slice();
    for (let at = 0; at < jpeg.length; at++) {
      changed[at] = (jpeg[at] ?? 0) ^ (at % 2 === 0 ? 0xff : 1 << (at & 7));
      errorOf(changed, minimumSizes[at & 3]);
      changed[at] = jpeg[at] ?? 0;
    }
  });
});

/** The file with the bytes at `search` replaced, which must occur. */
function patched(jpeg: Uint8Array, search: readonly number[], replacement: readonly number[]): Uint8Array {
  const at = Buffer.from(jpeg).indexOf(Buffer.from(search));
  if (at < 0) throw new Error('nothing to patch');
  return Buffer.concat([jpeg.subarray(0, at), Buffer.from(replacement), jpeg.subarray(at + search.length)]);
}

const baseline = encodeJpeg(options);
const restarts = encodeJpeg({ ...options, restartInterval: 2 });
const progressive = encodeJpeg({ ...options, scans: progressiveScans(3) });
const all = [0, 1, 2];
/** What lies behind the last bit may happen to be no code. */
const beyondTheEnd = /breaks off|none of its tables knows/;
const dc = { components: all, start: 0, end: 0, high: 0, low: 0 };

/** A scan for each of a component's 63 AC coefficients. */
function singleCoefficients(index: number): EncodedScan[] {
  return Array.from({ length: 63 }, (_, at) => ({ ...dc, components: [index], start: at + 1, end: at + 1 }));
}

describe('decodeJpeg', () => {
  it.each<[string, Uint8Array, string | RegExp]>([
    ['no JPEG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'does not begin as a JPEG'],
    ['an empty file', new Uint8Array(0), 'does not begin as a JPEG'],
    ['headers without a scan', patched(baseline, [0xff, 0xda], [0xff, 0xd9]), 'no picture in it'],
    ['a scan without a frame', patched(baseline, [0xff, 0xc0], [0xff, 0xe9]), 'a scan before its frame header'],
    [
      'two frames',
      patched(baseline, [0xff, 0xdb], [0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xdb]),
      'more than one frame header',
    ],
    ['a width of 0', patched(baseline, [8, 0, 17, 0, 33], [8, 0, 17, 0, 0]), '0 pixels wide'],
    ['a height of 0 and no DNL', patched(baseline, [8, 0, 17, 0, 33], [8, 0, 0, 0, 33]), 'does not say how high'],
    ['more blocks than it has data for', patched(baseline, [8, 0, 17, 0, 33], [8, 0, 255, 0, 255]), beyondTheEnd],
    [
      'far more pixels than it has data for',
      patched(baseline, [8, 0, 17, 0, 33], [8, 255, 255, 255, 255]),
      'too short for the 65535 × 65535',
    ],
    ['a sampling factor of 5', patched(baseline, [1, 0x22, 0], [1, 0x52, 0]), 'sampling factor outside'],
    ['a sampling factor of 0', patched(baseline, [1, 0x22, 0], [1, 0x20, 0]), 'sampling factor outside'],
    [
      'a component that no scan codes',
      patched(baseline, [2, 0x11, 0, 3, 0x11], [2, 0x11, 0, 2, 0x11]),
      'scan of component 3',
    ],
    [
      'a scan of a foreign component',
      patched(baseline, [0xff, 0xda, 0, 12, 3, 1], [0xff, 0xda, 0, 12, 3, 9]),
      'component 9',
    ],
    [
      'a quantisation table it does not define',
      patched(baseline, [1, 0x22, 0], [1, 0x22, 1]),
      'quantisation table 1 without',
    ],
    ['a step of 0', patched(baseline, [0xff, 0xdb, 0, 67, 0, 20], [0xff, 0xdb, 0, 67, 0, 0]), 'a zero in it'],
    [
      'a Huffman table it does not define',
      patched(baseline, [0xda, 0, 12, 3, 1, 0], [0xda, 0, 12, 3, 1, 1]),
      'Huffman table 1 without',
    ],
    [
      'too many codes of a length',
      patched(baseline, [0, 0, 0, 4, 0], [0, 0, 3, 4, 0]),
      'more codes than its lengths allow',
    ],
    ['a segment of no length', patched(baseline, [0xff, 0xdb, 0, 67], [0xff, 0xdb, 0, 0]), 'claims 0 bytes'],
    ['a segment beyond its end', patched(baseline, [0xff, 0xdb, 0, 67], [0xff, 0xdb, 255, 255]), 'claims 65535 bytes'],
    [
      'a component in two scans',
      encodeJpeg({ ...options, scans: [{ components: [0] }, { components: [0, 1] }] }),
      'one of its components twice',
    ],
    ['a component in no scan', encodeJpeg({ ...options, scans: [{ components: [0, 1] }] }), 'before all of its scans'],
    [
      'restart markers out of turn',
      patched(restarts, [0xff, 0xd1], [0xff, 0xd2]),
      'restart marker 1 missing or in the wrong place',
    ],
    ['a restart marker too many', patched(restarts, [0xff, 0xd1], [0xff, 0xd1, 0xff, 0xd2]), 'breaks off'],
    ['restart markers it has not announced', patched(restarts, [0xff, 0xdd], [0xff, 0xed]), beyondTheEnd],
    [
      'fewer restart markers than announced',
      patched(restarts, [0xff, 0xdd, 0, 4, 0, 2], [0xff, 0xdd, 0, 4, 0, 1]),
      'restart marker 0 missing',
    ],
    [
      'a progressive component without its base',
      encodeJpeg({ ...options, scans: [{ ...dc, components: [0, 1] }] }),
      'before all of its scans',
    ],
    [
      'details before the base',
      encodeJpeg({ ...options, scans: [{ ...dc, components: [0], start: 1, end: 63 }] }),
      'details of a component before its base',
    ],
    [
      'DC and AC in one progressive scan',
      encodeJpeg({ ...options, scans: [{ ...dc, end: 5 }] }),
      'coefficients 0 to 5',
    ],
    [
      'a band that ends before it begins',
      encodeJpeg({ ...options, scans: [dc, { ...dc, components: [0], start: 9, end: 5 }] }),
      'coefficients 9 to 5',
    ],
    ['a base coded twice', encodeJpeg({ ...options, scans: [dc, dc] }), 'out of order'],
    ['a refinement of what is known', encodeJpeg({ ...options, scans: [dc, { ...dc, high: 1 }] }), 'out of order'],
    [
      'a refinement by two bits',
      encodeJpeg({
        ...options,
        scans: [
          { ...dc, low: 2 },
          { ...dc, high: 2 },
        ],
      }),
      'from bit 2 to bit 0',
    ],
    [
      'more scans than any encoder writes',
      encodeJpeg({ ...options, scans: [dc, ...all.flatMap(singleCoefficients)] }),
      'more than 100 scans',
    ],
  ])('refuses %s', (_, jpeg, message) => {
    const error = errorOf(jpeg);
    expect(error?.kind).toBe('corrupt');
    expect(error?.message).toMatch(message);
  });

  it.each([
    ['baseline', 2, encodeJpeg({ ...options, sampling: sampling('1x1') })],
    ['progressive', 1, encodeJpeg({ ...options, sampling: sampling('1x1'), scans: progressiveScans(1) })],
  ])('takes a %s JPEG for too short with fewer than %i bits a block', (_kind, bits, jpeg) => {
    const blocks = 128 * 128;
    const claiming = patched(jpeg, [8, 0, 17, 0, 33], [8, 4, 0, 4, 0]);
    const ofLength = (length: number) => Buffer.concat([claiming], length);

    expect(claiming.length).toBeLessThan((blocks * bits) / 8);
    expect(errorOf(ofLength((blocks * bits) / 8 - 1))?.message).toContain('too short for the 1024 × 1024 pixels');
    expect(errorOf(ofLength((blocks * bits) / 8))?.message).not.toContain('too short');
  });

  it.each([6, 3, 1])('counts the restart markers of scans that a minimum of %i pixels passes over', (pixels) => {
    const jpeg = encodeJpeg({ ...options, scans: progressiveScans(3), restartInterval: 2 });
    const last = Buffer.from(jpeg).lastIndexOf(Buffer.from([0xff, 0xd1]));
    const without = Buffer.concat([jpeg.subarray(0, last), jpeg.subarray(last + 2)]);
    expect(errorOf(without, { width: pixels, height: pixels })?.message).toContain('restart marker');
  });

  it.each<[string, Uint8Array, string]>([
    ['12 bits a sample', encodeJpeg({ ...options, frameMarker: 0xc1, precision: 12 }), 'a JPEG of 12 bits a sample'],
    ['arithmetic coding', patched(baseline, [0xff, 0xc0], [0xff, 0xc9]), 'a JPEG with arithmetic coding'],
    [
      'progressive arithmetic coding',
      patched(progressive, [0xff, 0xc2], [0xff, 0xca]),
      'a JPEG with arithmetic coding',
    ],
    ['a lossless frame', patched(baseline, [0xff, 0xc0], [0xff, 0xc3]), 'a lossless JPEG'],
    ['a differential frame', patched(baseline, [0xff, 0xc0], [0xff, 0xc5]), 'a hierarchical JPEG'],
    [
      'a hierarchical picture',
      patched(baseline, [0xff, 0xdb], [0xff, 0xde, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xdb]),
      'a hierarchical JPEG',
    ],
    ['JPEG-LS', patched(baseline, [0xff, 0xc0], [0xff, 0xf7]), 'a JPEG-LS picture'],
  ])('says that %s is not decoded', (_, jpeg, kind) => {
    const error = errorOf(jpeg);
    expect(error?.kind).toBe('unsupported');
    expect(error?.message).toBe(`This is ${kind}, which is not decoded.`);
  });
});
