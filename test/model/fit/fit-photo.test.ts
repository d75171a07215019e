import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CardInput, ChannelOrder, FitMode, ResizeMode } from '../../../model/card/card.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import type { PixelLayout, RgbPixels } from '../../../photo/pixels/pixels.ts';

interface ResizeCase {
  from: [width: number, height: number];
  to: [width: number, height: number];
  mode: ResizeMode;
  fit: FitMode;
  channels: ChannelOrder;
  data: string;
}

// Made by Pillow and TensorFlow: see make.py beside it.
const fixture = new URL('../../fixtures/model/resize.json', import.meta.url);
const { seed, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { seed: number; cases: ResizeCase[] };

const plainInput: CardInput = {
  width: 2,
  height: 2,
  channels: 'rgb',
  resize: 'nearest',
  fit: 'stretch',
  scale: 1,
  offset: 0,
};

function decodeExpected({ mode, data }: ResizeCase): Float32Array | Uint8Array {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return mode === 'bilinear' ? new Float32Array(bytes.buffer) : bytes;
}

function largestDifference(some: Float32Array, others: Float32Array | Uint8Array): number {
  expect(some).toHaveLength(others.length);
  return some.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (others[at] ?? Number.NaN))), 0);
}

describe('fitPhoto', () => {
  it.each(cases)('makes $from into $to by $mode, $fit, $channels as the reference does', (reference) => {
    const [width, height] = reference.from;
    const photo = drawParityPhoto({ kind: 'noise', width, height, seed });
    const fitted = fitPhoto(photo, {
      ...plainInput,
      width: reference.to[0],
      height: reference.to[1],
      channels: reference.channels,
      resize: reference.mode,
      fit: reference.fit,
    });
    const tolerance = reference.mode === 'bilinear' ? 0.001 : 0;

    expect(largestDifference(fitted, decodeExpected(reference))).toBeLessThanOrEqual(tolerance);
  });

  const pixels = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 10, 20, 30) };
  const twoPixels = { ...plainInput, height: 1 };

  it('scales and offsets every channel alike where the card gives one number', () => {
    expect([...fitPhoto(pixels, { ...twoPixels, scale: 2, offset: -1 })]).toEqual([1, 3, 5, 19, 39, 59]);
  });

  it('puts blue first and counts scale and offset in that order where the card says bgr', () => {
    const fitted = fitPhoto(pixels, { ...twoPixels, channels: 'bgr', scale: [1, 10, 100], offset: [0, 0, 5] });

    expect([...fitted]).toEqual([3, 20, 105, 30, 200, 1005]);
  });

  it('letterboxes a photo of extreme proportions without making the padding', () => {
    const photo = { width: 30_000, height: 1, data: new Uint8Array(90_000).fill(255) };
    const fitted = fitPhoto(photo, { ...plainInput, width: 3, height: 3, resize: 'bilinear', fit: 'letterbox' });

    expect(fitted.slice(0, 9).every((value) => value === 0)).toBe(true);
  });

  it('leaves a picture of soft shapes that is reduced already as sharp as the whole one', () => {
    const [width, height, factor] = [320, 240, 8];
    const photo = drawWaves(width, height);
    const reduced = meansOfSquares(photo, factor);
    const input = { ...plainInput, width: 24, height: 18, resize: 'bilinear-antialias' as const };
    const expected = fitPhoto(photo, input);
    const error = (actual: Float32Array) =>
      actual.reduce((sum, value, at) => sum + (value - (expected[at] as number)) ** 2, 0) / expected.length;

    expect(error(fitPhoto({ ...reduced, isReduced: true }, input))).toBeLessThan(
      0.25 * error(fitPhoto(reduced, input)),
    );
  });

  const layouts: [kind: string, (columns: number, rows: number) => PixelLayout][] = [
    ['mirrored', (columns) => ({ start: 3 * (columns - 1), stepX: -3, stepY: 3 * columns })],
    ['turned by half', (columns, rows) => ({ start: 3 * (columns * rows - 1), stepX: -3, stepY: -3 * columns })],
    ['upside down', (columns, rows) => ({ start: 3 * columns * (rows - 1), stepX: 3, stepY: -3 * columns })],
    ['with rows for columns', (_, rows) => ({ start: 0, stepX: 3 * rows, stepY: 3 })],
    ['turned clockwise', (columns, rows) => ({ start: 3 * rows * (columns - 1), stepX: -3 * rows, stepY: 3 })],
    ['turned anticlockwise', (_, rows) => ({ start: 3 * (rows - 1), stepX: 3 * rows, stepY: -3 })],
    ['mirrored and turned', (columns, rows) => ({ start: 3 * (columns * rows - 1), stepX: -3 * rows, stepY: -3 })],
  ];
  const sizes: [width: number, height: number][] = [
    [37, 53],
    [90, 21],
    [5, 7],
    [1, 300],
    [300, 1],
  ];
  const modes = (['nearest', 'bilinear', 'bilinear-antialias'] as const).flatMap((resize) =>
    (['stretch', 'center-crop', 'letterbox'] as const).flatMap((fit) =>
      (['rgb', 'grey'] as const).map((channels) => ({ resize, fit, channels })),
    ),
  );

  it.each(layouts)('reads a picture that lies in memory %s as if it lay upright', (_, layOut) => {
    for (const [width, height] of sizes) {
      const upright = drawParityPhoto({ kind: 'noise', width, height, seed });
      const turned = moveTo(upright, layOut(width, height));
      for (const mode of modes) {
        const input = { ...plainInput, width: 19, height: 13, ...mode };
        expect(fitPhoto(turned, input), `${width} x ${height}, ${Object.values(mode)}`).toEqual(
          fitPhoto(upright, input),
        );
      }
    }
  });
});

function drawWaves(width: number, height: number): RgbPixels {
  const wave = (at: number) => Math.sin((at % (3 * width)) / 20) * Math.cos(Math.floor(at / (3 * width)) / 6.7);
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, (_, at) => 128 + 120 * wave(at)) };
}

function meansOfSquares({ width, height, data }: RgbPixels, factor: number): RgbPixels {
  const means = new Uint8Array((3 * width * height) / factor ** 2);
  const sums = new Float64Array(means.length);
  for (const [at, value] of data.entries()) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / (3 * width))];
    const cell = 3 * (Math.floor(y / factor) * (width / factor) + Math.floor(x / factor)) + (at % 3);
    sums[cell] = (sums[cell] as number) + value;
  }
  for (const [at, sum] of sums.entries()) means[at] = Math.round(sum / factor ** 2);
  return { width: width / factor, height: height / factor, data: means };
}

function moveTo({ width, height, data }: RgbPixels, layout: PixelLayout): RgbPixels {
  const moved = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * (y * width + x);
      moved.set(data.subarray(from, from + 3), layout.start + x * layout.stepX + y * layout.stepY);
    }
  }
  return { width, height, data: moved, layout };
}
