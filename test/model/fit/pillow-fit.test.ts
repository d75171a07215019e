import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ResizeMode } from '../../../model/card/card.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { areaOfInput } from '../../../model/fit/part-of-photo.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';

interface FitCase {
  from: [width: number, height: number];
  to: [width: number, height: number];
  mode: ResizeMode;
  data: string;
}

// Made by Pillow: see make_pillow_fit.py beside it.
const fixture = new URL('../../fixtures/model/pillow-fit.json', import.meta.url);
const { seed, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { seed: number; cases: FitCase[] };

const plain = { channels: 'rgb', fit: 'pillow-fit', scale: 1, offset: 0 } as const;

it.each(cases)('fits $from to $to by $mode as ImageOps.fit does, to the byte', ({ from, to, mode, data }) => {
  const [width, height] = from;
  const photo = drawParityPhoto({ kind: 'noise', width, height, seed });

  const fitted = fitPhoto(photo, { ...plain, width: to[0], height: to[1], resize: mode });

  expect([...fitted]).toEqual([...Buffer.from(data, 'base64')]);
});

it('shows the middle of a photo, half pixels included', () => {
  const area = areaOfInput({ width: 9, height: 8 }, { ...plain, width: 4, height: 4, resize: 'lanczos' });

  expect(area).toEqual({ left: 0.5 / 9, top: 0, width: 8 / 9, height: 1 });
});
