import { expect, it } from 'vitest';
import { decodePng } from '../../../../photo/png/decode-png.ts';
import { encodeRgbPng } from '../../../helpers/png-file.ts';
import { drawQuadrants } from '../../../helpers/quadrants.ts';

const options = { maximumPixels: 10_000, mayLend: true };
const [first, second] = [drawQuadrants(8, 8), { ...drawQuadrants(8, 8), data: new Uint8Array(192).fill(77) }];

it('a lent picture stays as it is until it is released, whatever else is decoded', async () => {
  const { pixels } = await decodePng(encodeRgbPng(first), options);
  const { pixels: others } = await decodePng(encodeRgbPng(second), options);

  expect([pixels.data, others.data]).toEqual([first.data, second.data]);

  pixels.release?.();
  others.release?.();
});

it('a released picture gives its memory to the next, once however often it is said', async () => {
  const { pixels } = await decodePng(encodeRgbPng(first), options);
  pixels.release?.();
  pixels.release?.();

  const [one, other] = await Promise.all([
    decodePng(encodeRgbPng(first), options),
    decodePng(encodeRgbPng(second), options),
  ]);

  expect(one.pixels.data.buffer).toBe(pixels.data.buffer);
  expect([one.pixels.data, other.pixels.data]).toEqual([first.data, second.data]);
  one.pixels.release?.();
  other.pixels.release?.();
});

it('what may not be lent is a picture of its own', async () => {
  const { pixels } = await decodePng(encodeRgbPng(first), { maximumPixels: 10_000 });

  expect(pixels.release).toBeUndefined();
  expect(pixels.data.buffer.byteLength).toBe(pixels.data.length);
});
