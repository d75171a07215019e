import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../../photo/jpeg/decode-jpeg.ts';
import type { EncodeOptions } from './encoder/encode-jpeg.ts';
import { encodeJpeg, progressiveScans, waves } from './encoder/encode-jpeg.ts';
import { sampling } from './encoder/sampling.ts';

const colour: EncodeOptions['sampling'] = [
  [2, 2],
  [1, 1],
  [1, 1],
];

describe('decodeJpeg with a minimum size', () => {
  it.each([
    [160, 120, 13, 10, 8],
    [160, 120, 14, 10, 4],
    [160, 120, 13, 11, 4],
    [160, 120, 26, 21, 2],
    [160, 120, 53, 40, 2],
    [160, 120, 54, 1, 1],
    [153, 113, 13, 10, 8],
    [160, 120, 200, 200, 1],
    [5, 9, 1, 1, 4],
  ])('decodes %i x %i for at least %i x %i at 1/%i', (width, height, leastWidth, leastHeight, scale) => {
    const sampleAt = (): number => 90;
    const jpeg = encodeJpeg({ width, height, sampling: sampling('1x1'), sampleAt });
    const decoded = decodeJpeg(jpeg, { minimumSize: { width: leastWidth, height: leastHeight } });
    const size = { width: Math.ceil(width / scale), height: Math.ceil(height / scale) };
    const { data, ...facts } = decoded;

    expect(facts).toEqual({ ...size, scale, storedWidth: width, storedHeight: height });
    expect(data.length).toBe(size.width * size.height * 3);
    expect(data.every((value) => value === 90)).toBe(true);
  });

  it.each<[string, EncodeOptions['sampling'], width: number, scale: number]>([
    [
      '4:2:0',
      [
        [2, 2],
        [1, 1],
        [1, 1],
      ],
      13,
      8,
    ],
    [
      '4:2:2',
      [
        [2, 1],
        [1, 1],
        [1, 1],
      ],
      13,
      4,
    ],
    [
      '4:1:1',
      [
        [4, 1],
        [1, 1],
        [1, 1],
      ],
      13,
      2,
    ],
    [
      '4:4:0',
      [
        [1, 2],
        [1, 1],
        [1, 1],
      ],
      13,
      8,
    ],
  ])('keeps enough of the colours of a picture %s', (_, sampling, width, scale) => {
    const jpeg = encodeJpeg({ width: 160, height: 120, sampling, sampleAt: () => 90 });

    expect(decodeJpeg(jpeg, { minimumSize: { width, height: 5 } }).scale).toBe(scale);
  });

  /** With how many rows of the picture the coarsest component has one of its own, after what the decoder brings out larger. */
  const pictures: [string, Partial<EncodeOptions>, rows?: number][] = [
    ['grey', { sampling: sampling('1x1') }],
    [
      '4:4:4',
      {
        sampling: sampling('1x1,1x1,1x1'),
      },
    ],
    [
      '4:2:2',
      {
        sampling: sampling('2x1,1x1,1x1'),
      },
    ],
    [
      '4:4:0',
      {
        sampling: sampling('1x2,1x1,1x1'),
      },
      2,
    ],
    ['4:2:0', {}],
    [
      '4:1:0',
      {
        sampling: sampling('4x2,1x1,1x1'),
      },
    ],
    [
      '3:2',
      {
        sampling: sampling('3x3,2x2,2x2'),
      },
      1.5,
    ],
    ['progressive', { scans: progressiveScans(3) }],
    ['of several scans', { scans: [{ components: [0] }, { components: [2, 1] }] }],
    ['with restarts', { restartInterval: 5 }],
  ];
  describe.each(pictures)('of a picture %s', (_, options, rows = 1) => {
    it.each([2, 4, 8])('comes close at 1/%i to the whole picture averaged', (scale) => {
      const [width, height] = [160, 120];
      const gentle = (component: number, x: number, y: number): number => waves(component, x / 6, y / 6);
      const jpeg = encodeJpeg({ width, height, sampling: colour, sampleAt: gentle, ...options });
      const whole = decodeJpeg(jpeg);
      const minimumSize = { width: 1, height: Math.floor(height / scale / rows / 1.5) };
      const scaled = decodeJpeg(jpeg, { minimumSize });

      expect(scaled.scale).toBe(scale);

      const difference = scaled.data.map((value, at) => Math.abs(value - average(whole, scaled.width, scale, at)));

      // The nearest sample of a component with fewer may be off by as much as colour changes in half of it.
      expect(Math.max(...difference)).toBeLessThanOrEqual({ 2: 9, 4: 13, 8: 22 }[scale] ?? 0);
      expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(2.5);
    });
  });

  // Fine patterns have frequencies that a smaller block leaves out, soft colours hardly any that a larger one has.
  const fineOnSoftColours = (component: number, x: number, y: number): number =>
    component === 0 ? waves(0, 7 * x, 9 * y) : waves(component, x / 9, y / 40);

  describe.each([
    ['waves', waves],
    ['fine patterns on soft colours', fineOnSoftColours],
  ])('of %s', (_, sampleAt) => {
    it.each([2, 4, 8])('gives the same at 1/%i for a progressive picture as for a baseline one', (scale) => {
      const options = { width: 77, height: 59, sampling: colour, sampleAt };
      const minimumSize = { width: 1, height: Math.floor(59 / scale / 1.5) };
      const baseline = decodeJpeg(encodeJpeg(options), { minimumSize });
      const progressive = encodeJpeg({ ...options, scans: progressiveScans(3) });

      expect(baseline.scale).toBe(scale);
      expect(decodeJpeg(progressive, { minimumSize })).toEqual(baseline);
    });
  });
});

it('gives the same for a progressive picture as for a baseline one where a component has an odd number of samples', () => {
  const options: EncodeOptions = { width: 40, height: 8, sampling: sampling('1x1') };
  const minimumSize = { width: 3, height: 0 };
  const baseline = decodeJpeg(encodeJpeg(options), { minimumSize });

  expect(baseline).toMatchObject({ width: 5, height: 1 });
  expect(decodeJpeg(encodeJpeg({ ...options, scans: progressiveScans(1) }), { minimumSize })).toEqual(baseline);
});

/** The mean over the `scale` × `scale` pixels of the whole picture that make the value at `at` of the scaled one. */
function average(whole: { width: number; data: Uint8Array }, scaledWidth: number, scale: number, at: number): number {
  const pixel = Math.floor(at / 3);
  const left = (pixel % scaledWidth) * scale;
  const top = Math.floor(pixel / scaledWidth) * scale;
  let sum = 0;
  for (let y = top; y < top + scale; y++) {
    for (let x = left; x < left + scale; x++) sum += whole.data[(y * whole.width + x) * 3 + (at % 3)] ?? 0;
  }
  return sum / (scale * scale);
}
