import { describe, expect, it } from 'vitest';
import { isJfif, readAdobeTransform, readExif, readXmp } from '../../../../photo/jpeg/markers/application-segments.ts';
import { ByteReader } from '../../../../photo/jpeg/markers/byte-reader.ts';
import { readFrameHeader } from '../../../../photo/jpeg/markers/frame-header.ts';
import {
  isPassedOver,
  isRestart,
  isStandalone,
  isStartOfFrame,
  mayFollowScan,
} from '../../../../photo/jpeg/markers/markers.ts';
import { endOfScan, hasEndOfImage, markerAt, nextSegment } from '../../../../photo/jpeg/markers/next-segment.ts';
import { readScanHeader } from '../../../../photo/jpeg/markers/scan-header.ts';
import { unsupportedReason } from '../../../../photo/jpeg/markers/unsupported-reason.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const messageOf = async (work: () => unknown) => (await photoErrorOf(work)).message;
const readerOf = (...values: readonly number[]) => new ByteReader(bytes(...values), 0, values.length, 'header');

/** Codes as ranges such as c0-c3. */
function codesOf(test: (code: number) => boolean): string {
  const codes = Array.from({ length: 256 }, (_, code) => code).filter(test);
  const firsts = codes.filter((code) => !codes.includes(code - 1));
  const lasts = codes.filter((code) => !codes.includes(code + 1));
  const hex = (code = 0) => code.toString(16);
  return firsts.map((first, at) => (first === lasts[at] ? hex(first) : `${hex(first)}-${hex(lasts[at])}`)).join(' ');
}

it.each([
  ['restart an interval', isRestart, 'd0-d7'],
  ['start a frame', isStartOfFrame, 'c0-c3 c5-c7 c9-cb cd-cf f7'],
  ['are passed over', isPassedOver, 'e0-ef fe'],
  ['stand alone', isStandalone, '1 d0-d9'],
  ['may follow a scan', mayFollowScan, 'c4 d9-dd e0-ef fe'],
])('tells the markers that %s', (_, test, codes) => {
  expect(codesOf(test)).toBe(codes);
});

describe('nextSegment', () => {
  it.each([
    ['at once', bytes(0xff, 0xdb, 0, 3, 7), 0, { code: 0xdb, start: 4, end: 5 }],
    ['behind other bytes', bytes(1, 0xff, 0, 5, 0xff, 0xdb, 0, 2), 0, { code: 0xdb, start: 8, end: 8 }],
    ['behind bytes of fill', bytes(0xff, 0xff, 0xff, 0xdb, 0, 2), 0, { code: 0xdb, start: 6, end: 6 }],
    ['from a position on', bytes(0xff, 0xd8, 0xff, 0xd9), 1, { code: 0xd9, start: 4, end: 4 }],
    ['of a length in two bytes', bytes(0xff, 0xe0, 1, 2, ...Array(256).fill(0)), 0, { code: 0xe0, start: 4, end: 260 }],
    ['that is passed over, of no length', bytes(0xff, 0xfe, 0, 0), 0, { code: 0xfe, start: 4, end: 4 }],
  ])('finds one %s', (_, file, position, segment) => {
    expect(nextSegment(file, position)).toEqual(segment);
  });

  it.each([
    ['no marker', bytes(1, 2, 0xff, 0), 'cut short'],
    ['the end behind fill', bytes(0xff, 0xff), 'cut short'],
    ['a length of one', bytes(0xff, 0xdb, 0, 1, 0), 'claims 1 bytes'],
    ['a length of one byte more than there are', bytes(0xff, 0xdb, 0, 3), '(marker 0xFFDB) that claims 3 bytes'],
    ['no length', bytes(0xff, 0xdb), 'claims 0 bytes'],
  ])('refuses %s', async (_, file, message) => {
    expect(await messageOf(() => nextSegment(file, 0))).toContain(message);
  });
});

describe('a marker', () => {
  it('is looked for from a position on, and found behind stuffed bytes', () => {
    const file = bytes(0xff, 0xd8, 0xff, 0, 0xff, 0xff, 0xd9);

    expect([0, 1, 2, 6].map((from) => markerAt(file, from))).toEqual([1, 6, 6, -1]);
  });

  it('ends a scan unless it restarts an interval', () => {
    expect(endOfScan(bytes(1, 0xff, 0xd0, 2, 0xff, 0xd7, 3, 0xff, 0xda), 0)).toBe(7);
    expect(endOfScan(bytes(1, 0xff, 0xd0, 2), 0)).toBe(4);
  });

  it('of the end is seen from a position on', () => {
    const file = bytes(5, 0xff, 0xd9).subarray(1);

    expect([hasEndOfImage(file, 0), hasEndOfImage(file, 1), hasEndOfImage(bytes(0xff, 0xd8), 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('ByteReader', () => {
  it('reads up to its end, and not a byte more', async () => {
    const reader = new ByteReader(bytes(9, 1, 2, 3, 4, 9), 1, 5, 'thing');

    expect([reader.uint8(), reader.uint16(), reader.remaining]).toEqual([1, 0x0203, 1]);
    expect([...reader.take(1)]).toEqual([4]);
    expect(await messageOf(() => reader.uint8())).toBe("The JPEG's thing is shorter than its own fields need.");
  });
});

describe('readFrameHeader', () => {
  const fields = [8, 0x12, 0x34, 0x56, 0x78];

  it('reads precision, size and components', () => {
    const reader = readerOf(...fields, 2, 7, 0x41, 3, 8, 0x14, 0);

    expect(readFrameHeader(0xc0, reader)).toEqual({
      process: 'baseline',
      precision: 8,
      height: 0x1234,
      width: 0x5678,
      components: [
        { id: 7, horizontalSampling: 4, verticalSampling: 1, quantisation: 3 },
        { id: 8, horizontalSampling: 1, verticalSampling: 4, quantisation: 0 },
      ],
    });
  });

  it.each([
    [0xc0, 'baseline'],
    [0xc1, 'extended'],
    [0xc2, 'progressive'],
    [0xc3, 'lossless'],
    [0xc5, 'hierarchical'],
    [0xc6, 'hierarchical'],
    [0xc7, 'hierarchical'],
    [0xc9, 'arithmetic'],
    [0xcf, 'arithmetic'],
    [0xf7, 'jpeg-ls'],
    [0xde, 'hierarchical'],
  ])('tells by the marker %i that a picture is %s', (code, process) => {
    expect(readFrameHeader(code, readerOf(...fields, 1, 1, 0x11, 0)).process).toBe(process);
  });

  it.each([
    ['no column', [8, 0, 1, 0, 0, 1, 1, 0x11, 0], '0 pixels wide'],
    ['no component', [...fields, 0], 'no colour components'],
    ['a byte too many', [...fields, 1, 1, 0x11, 0, 0], 'wrong length for 1 components'],
    ['a byte too few', [...fields, 2, 1, 0x11, 0, 1, 0x11], 'wrong length for 2 components'],
    ['0 blocks across', [...fields, 1, 1, 0x01, 0], 'outside 1 to 4 (0x1)'],
    ['5 blocks across', [...fields, 1, 1, 0x51, 0], 'outside 1 to 4 (5x1)'],
    ['0 blocks down', [...fields, 1, 1, 0x10, 0], 'outside 1 to 4 (1x0)'],
    ['5 blocks down', [...fields, 1, 1, 0x15, 0], 'outside 1 to 4 (1x5)'],
    ['a fifth table', [...fields, 1, 1, 0x11, 4], 'quantisation table 4 of four'],
  ])('refuses %s', async (_, values, message) => {
    expect(await messageOf(() => readFrameHeader(0xc0, readerOf(...values)))).toContain(message);
  });
});

describe('readScanHeader', () => {
  const frame = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }];

  it('reads components with their tables, the band and its bits', () => {
    expect(readScanHeader(readerOf(2, 3, 0x12, 1, 0x30, 4, 60, 0x21), frame)).toEqual({
      components: [
        { index: 2, dcTable: 1, acTable: 2 },
        { index: 0, dcTable: 3, acTable: 0 },
      ],
      spectralStart: 4,
      spectralEnd: 60,
      approximationHigh: 2,
      approximationLow: 1,
    });
  });

  it('counts components of one id in the order of the frame', () => {
    const { components } = readScanHeader(readerOf(3, 1, 0, 1, 0, 1, 0, 0, 63, 0), [{ id: 1 }, { id: 1 }, { id: 1 }]);

    expect(components.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it.each([
    ['no component', [0, 0, 63, 0], 'a scan of 0 components'],
    ['five components', [5], 'a scan of 5 components'],
    ['a component that the frame lacks', [1, 9, 0, 0, 63, 0], 'component 9'],
    ['a component twice', [2, 1, 0, 1, 0, 0, 63, 0], 'component 1'],
    ['no last byte', [1, 1, 0, 0, 63], 'shorter than its own fields need'],
  ])('refuses %s', async (_, values, message) => {
    expect(await messageOf(() => readScanHeader(readerOf(...values), frame))).toContain(message);
  });

  it('takes four components', () => {
    expect(readScanHeader(readerOf(4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0), frame).components).toHaveLength(4);
  });
});

describe('segments of applications', () => {
  const segmentOf = (text: string) => {
    const file = Buffer.from(`..${text}..`, 'latin1');
    return [file, { code: 0xe1, start: 2, end: file.length - 2 }] as const;
  };
  const textOf = (part: Uint8Array | undefined) => part && Buffer.from(part).toString('latin1');

  it.each([
    ['JFIF\0\x01\x02', true],
    ['JFIF\0', true],
    ['JFIF', false],
    ['JFXX\0\0', false],
  ])('JFIF is known by its name: %j', (text, isKnown) => {
    expect(isJfif(...segmentOf(text))).toBe(isKnown);
  });

  it.each([
    ['Exif\0\0MM*', 'MM*'],
    ['Exif\0\xffII', 'II'],
    ['Exif\0\0', ''],
    ['Exif\0', ''],
    ['Exif', undefined],
    ['http://ns.adobe.com/xap/1.0/\0<x/>', undefined],
  ])('Exif is what stands behind its name and two bytes: %j', (text, tiff) => {
    expect(textOf(readExif(...segmentOf(text)))).toBe(tiff);
  });

  it.each([
    ['http://ns.adobe.com/xap/1.0/\0<x/>', '<x/>'],
    ['http://ns.adobe.com/xap/1.0/\0', ''],
    ['http://ns.adobe.com/xap/1.1/\0<x/>', undefined],
  ])('XMP is what stands behind its name: %j', (text, packet) => {
    expect(textOf(readXmp(...segmentOf(text)))).toBe(packet);
  });

  it.each([
    ['Adobe\0d\0\0\0\0\x02', 2],
    ['Adobe\0d\0\0\0\0\x01\x09', 1],
    ['Adobe\0d\0\0\0\0', undefined],
    ['Adobf\0d\0\0\0\0\x02', undefined],
  ])("Adobe's transform is its twelfth byte: %j", (text, transform) => {
    expect(readAdobeTransform(...segmentOf(text))).toBe(transform);
  });
});

it.each([
  [8, 1, undefined],
  [8, 2, 'a JPEG of 2 colour components'],
  [8, 3, undefined],
  [8, 4, undefined],
  [8, 5, 'a JPEG of 5 colour components'],
  [7, 3, 'a JPEG of 7 bits a sample'],
  [12, 3, 'a JPEG of 12 bits a sample'],
])('of %i bits and %i components it says: %s', (precision, count, reason) => {
  const component = { id: 1, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 };
  const components = Array.from({ length: count }, () => component);

  expect(unsupportedReason({ process: 'baseline', precision, width: 1, height: 1, components })).toBe(reason);
});
