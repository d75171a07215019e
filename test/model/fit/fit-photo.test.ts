import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CardInput, ChannelOrder, FitMode, ResizeMode } from '../../../model/card.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { drawParityPhoto } from '../../../model/parity-photo.ts';

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
});
