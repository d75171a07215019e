import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CardInput, FitMode, ResizeMode } from '../../../model/card/card.ts';
import { smallestUsefulSize } from '../../../model/card/smallest-useful-size.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';

interface ResizeCase {
  from: [width: number, height: number];
  to: [width: number, height: number];
  resizeTo: number;
  mode: ResizeMode;
  fit: FitMode;
  data: string;
}

// Made by torchvision and timm on Pillow: see make_after_resizing.py beside it.
const fixture = new URL('../../fixtures/model/resize-first.json', import.meta.url);
const { seed, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { seed: number; cases: ResizeCase[] };

/** ImageNet's mean as torchvision takes it off; the deviation is 1/255, so that pixels stay pixels. */
const mean = [0.485, 0.456, 0.406].map((value) => value * 255);

describe('fitPhoto of a card with resizeTo', () => {
  it.each(cases)('makes $from into $to by $mode, $fit, by way of $resizeTo as the reference does', (reference) => {
    const [width, height] = reference.from;
    const photo = drawParityPhoto({ kind: 'noise', width, height, seed });
    const expected = Uint8Array.from(Buffer.from(reference.data, 'base64'));

    const fitted = fitPhoto(photo, {
      width: reference.to[0],
      height: reference.to[1],
      channels: 'rgb',
      resize: reference.mode,
      fit: reference.fit,
      resizeTo: reference.resizeTo,
      scale: [1, 1, 1],
      offset: mean.map((value) => -value),
    });

    const differences = fitted.map((value, at) => Math.abs(value + (mean[at % 3] as number) - (expected[at] ?? NaN)));
    expect(fitted.length).toBe(expected.length);
    expect(Math.max(...differences)).toBeLessThan(0.01);
  });

  it('fits without antialiasing by the same geometry', () => {
    const photo = drawParityPhoto({ kind: 'gradient', width: 40, height: 30, seed: 1 });
    const input: CardInput = {
      width: 6,
      height: 6,
      channels: 'rgb',
      resize: 'nearest',
      fit: 'center-crop',
      resizeTo: 30,
      scale: 1,
      offset: 0,
    };
    const first = ((30 - 6) / 2) * 40 + (40 - 6) / 2;

    const nearest = fitPhoto(photo, input);
    const bilinear = fitPhoto(photo, { ...input, resize: 'bilinear' });

    expect([...nearest.slice(0, 3)]).toEqual([...photo.data.slice(first * 3, first * 3 + 3)]);
    expect([...bilinear]).toEqual([...nearest]);
  });
});

it('wants a photo as large as what it is resized to, unless every pixel counts', () => {
  const input = { width: 224, height: 224, channels: 'rgb', fit: 'center-crop', scale: 1, offset: 0 } as const;

  expect(smallestUsefulSize({ ...input, resize: 'bilinear-antialias', resizeTo: 256 })).toEqual({
    width: 256,
    height: 256,
  });
  expect(smallestUsefulSize({ ...input, resize: 'bicubic-antialias', resizeTo: 256 })).toBeUndefined();
});
