import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../../../photo/jpeg/decode-jpeg.ts';
import { encodeJpeg } from '../encoder/encode-jpeg.ts';

const jfif = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
const adobe = (transform: number): number[] => [
  0xff,
  0xee,
  0,
  14,
  0x41,
  0x64,
  0x6f,
  0x62,
  0x65,
  0,
  100,
  0,
  0,
  0,
  0,
  transform,
];
const rgbIds = [0x52, 0x47, 0x42];

/** A flat picture with these samples in its components; the pixel that comes out. */
function decodeFlat(samples: readonly number[], segments: readonly number[], ids?: readonly number[]): number[] {
  const jpeg = encodeJpeg({
    width: 9,
    height: 9,
    sampling: samples.map(() => [1, 1]),
    sampleAt: (component) => samples[component] ?? 0,
    segments,
    quantisationStep: 1,
    ...(ids && { ids }),
  });
  return [...decodeJpeg(jpeg).data.subarray(0, 3)];
}

describe('colour of a JPEG', () => {
  it.each<[string, number[], number[], number[] | undefined, number[]]>([
    ['YCbCr by JFIF', [100, 90, 200], jfif, undefined, [201, 62, 33]],
    ['YCbCr by Adobe', [100, 90, 200], adobe(1), undefined, [201, 62, 33]],
    ['YCbCr where nothing says so', [100, 90, 200], [], undefined, [201, 62, 33]],
    ['YCbCr by JFIF though the components are called R, G, B', [100, 90, 200], jfif, rgbIds, [201, 62, 33]],
    ['YCbCr by JFIF though Adobe denies it', [100, 90, 200], [...jfif, ...adobe(0)], undefined, [201, 62, 33]],
    ['RGB by Adobe', [100, 90, 200], adobe(0), undefined, [100, 90, 200]],
    ['RGB by the names of the components', [100, 90, 200], [], rgbIds, [100, 90, 200]],
    ['grey', [77], jfif, undefined, [77, 77, 77]],
    ['CMYK with its inks inverted', [255, 128, 0, 200], adobe(0), undefined, [200, 100, 0]],
    ['CMYK without a word from Adobe', [255, 128, 0, 200], [], undefined, [200, 100, 0]],
    ['YCCK', [100, 128, 128, 200], adobe(2), undefined, [122, 122, 122]],
    ['YCCK with colour', [100, 90, 200, 255], adobe(2), undefined, [54, 193, 222]],
  ])('is %s', (_, samples, segments, ids, rgb) => {
    expect(decodeFlat(samples, segments, ids)).toEqual(rgb);
  });

  it.each([2, 5])('refuses %i components', (count) => {
    const jpeg = encodeJpeg({
      width: 9,
      height: 9,
      sampling: Array.from({ length: count }, () => [1, 1] as const),
      scans: [{ components: [0] }],
    });

    expect(() => decodeJpeg(jpeg)).toThrow(`This is a JPEG of ${count} colour components, which is not decoded.`);
  });
});
