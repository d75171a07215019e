import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import jpegJs from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../../photo/jpeg/decode-jpeg.ts';
import expected from '../../fixtures/jpeg/expected.json' with { type: 'json' };
import type { EncodeOptions } from './encoder/encode-jpeg.ts';
import { encodeJpeg, progressiveScans, waves } from './encoder/encode-jpeg.ts';
import { sampling } from './encoder/sampling.ts';

const fixtures = new URL('../../fixtures/jpeg/', import.meta.url);
const colour: EncodeOptions['sampling'] = [
  [2, 2],
  [1, 1],
  [1, 1],
];
const size = { width: 77, height: 59 };

describe('decodeJpeg at full size', () => {
  it.each(Object.entries(expected))('gives the very pixels of libjpeg-turbo for %s', (name, {
    width,
    height,
    sha256,
  }) => {
    const decoded = decodeJpeg(readFileSync(new URL(name, fixtures)));

    expect([decoded.width, decoded.height, decoded.scale]).toEqual([width, height, 1]);
    expect(createHash('sha256').update(decoded.data).digest('hex')).toBe(sha256);
  });

  it.each<[string, Partial<EncodeOptions>]>([
    ['progressive', { scans: progressiveScans(3) }],
    ['progressive with a restart at every third unit', { scans: progressiveScans(3), restartInterval: 3 }],
    ['of one scan for each component', { scans: [0, 1, 2].map((index) => ({ components: [index] })) }],
    [
      'of scans for one component with restarts',
      { scans: [0, 1, 2].map((index) => ({ components: [index] })), restartInterval: 4 },
    ],
    ['of a scan for one component and one for two', { scans: [{ components: [0] }, { components: [1, 2] }] }],
    ['with a restart at every unit', { restartInterval: 1 }],
    ['extended sequential', { frameMarker: 0xc1 }],
    ['with its height in a DNL segment', { hasDnl: true }],
    ['with fill bytes before its markers', { fillBytes: 3 }],
    ['with segments of unknown kind', { segments: [0xff, 0xe5, 0, 4, 1, 2, 0xff, 0xfe, 0, 3, 65] }],
  ])('decodes a picture %s like the same one plain', (_, options) => {
    const plain = decodeJpeg(encodeJpeg({ ...size, sampling: colour }));
    const other = decodeJpeg(encodeJpeg({ ...size, sampling: colour, ...options }));

    expect(other).toEqual(plain);
  });

  it.each<[string, EncodeOptions['sampling']]>([
    [
      '4:4:4',
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      '4:2:2',
      [
        [2, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      '4:4:0',
      [
        [1, 2],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      '4:1:1',
      [
        [4, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      '4:1:0',
      [
        [4, 2],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      '3:1',
      [
        [3, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      '3:2, not a whole ratio',
      [
        [3, 3],
        [2, 2],
        [1, 1],
      ],
    ],
    [
      '4:3 down, 3:2 across',
      [
        [3, 4],
        [2, 3],
        [2, 3],
      ],
    ],
    [
      'luma of fewer samples than chroma',
      [
        [1, 1],
        [2, 2],
        [2, 1],
      ],
    ],
    [
      'a component with more rows, another with more columns',
      [
        [2, 2],
        [2, 1],
        [1, 2],
      ],
    ],
    [
      'factors beyond ten blocks a unit',
      [
        [4, 4],
        [4, 4],
        [4, 4],
      ],
    ],
    [
      'factors of 2 for all',
      [
        [2, 2],
        [2, 2],
        [2, 2],
      ],
    ],
    ['factors of a single component', [[3, 2]]],
  ])('decodes sampling %s', (_, sampling) => {
    const gentle = (component: number, x: number, y: number): number =>
      128 + (waves(component, x / 5, y / 5) - 128) / 2;
    const options = { ...size, sampling, sampleAt: gentle, ids: [82, 71, 66].slice(0, sampling.length) };
    for (const scans of [undefined, progressiveScans(sampling.length)]) {
      const { data } = decodeJpeg(encodeJpeg({ ...options, ...(scans && { scans }) }));
      let worst = 0;
      for (let at = 0; at < data.length; at++) {
        const component = sampling.length === 1 ? 0 : at % 3;
        const pixel = Math.floor(at / 3);
        const truth = gentle(component, pixel % size.width, Math.floor(pixel / size.width));
        worst = Math.max(worst, Math.abs((data[at] ?? 0) - truth));
      }
      // A sample of a component that has a quarter of the columns may be 1.5 pixels off, on a slope of 3 a pixel.
      expect(worst).toBeLessThan(8);
    }
  });

  it('agrees with jpeg-js, which interpolates nothing, where no component is subsampled', () => {
    const jpeg = encodeJpeg({
      ...size,
      sampling: sampling('1x1,1x1,1x1'),
    });
    const { data } = jpegJs.decode(jpeg, { useTArray: true, formatAsRGBA: false });
    const ours = decodeJpeg(jpeg).data;

    expect(Math.max(...ours.map((value, at) => Math.abs(value - (data[at] ?? 0))))).toBeLessThanOrEqual(3);
  });

  it.each<[string, number, number]>([
    ['a pixel', 1, 1],
    ['a column', 1, 40],
    ['a row', 40, 1],
    ['two columns', 2, 17],
    ['one more than its units', 33, 33],
  ])('decodes %s', (_, width, height) => {
    const flat = encodeJpeg({
      width,
      height,
      sampling: colour,
      sampleAt: (component) => [200, 100, 160][component] ?? 0,
    });
    const { data } = decodeJpeg(flat);

    expect(data).toHaveLength(width * height * 3);

    for (let at = 0; at < data.length; at += 3) expect([...data.subarray(at, at + 3)]).toEqual([245, 187, 150]);
  });

  it('leaves out what follows the end of the picture', () => {
    const jpeg = encodeJpeg({ ...size, sampling: colour });

    expect(decodeJpeg(Buffer.concat([jpeg, jpeg.subarray(0, 300)]))).toEqual(decodeJpeg(jpeg));
  });

  it('decodes a view into a larger buffer without touching it', () => {
    const jpeg = encodeJpeg({ ...size, sampling: colour });
    const buffer = new Uint8Array(jpeg.length + 20).fill(0xff);
    buffer.set(jpeg, 7);
    const before = buffer.slice();

    expect(decodeJpeg(buffer.subarray(7, 7 + jpeg.length))).toEqual(decodeJpeg(jpeg));
    expect(buffer).toEqual(before);
  });

  it('decodes a frame of Motion JPEG, which leaves the standard Huffman tables out', () => {
    const whole = readFileSync(new URL('h2v2.jpg', fixtures));
    const tables: Buffer[] = [];
    let position = 2;
    while (whole[position + 1] !== 0xda) {
      const end = position + 2 + whole.readUInt16BE(position + 2);
      if (whole[position + 1] !== 0xc4) tables.push(whole.subarray(position, end));
      position = end;
    }
    const frame = Buffer.concat([whole.subarray(0, 2), ...tables, whole.subarray(position)]);

    expect(frame.length).toBeLessThan(whole.length - 400);
    expect(decodeJpeg(frame)).toEqual(decodeJpeg(whole));
  });
});
