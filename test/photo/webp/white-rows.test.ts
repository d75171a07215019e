import { expect, it } from 'vitest';
import { onWhite } from '../../../photo/pixels/on-white.ts';
import type { RgbaPixels } from '../../../photo/webp/libwebp.ts';
import type { WebpContainer } from '../../../photo/webp/webp-container.ts';
import { layOnWhiteInPlace, WhiteRows } from '../../../photo/webp/white-rows.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

function noise(width: number, height: number): RgbaPixels {
  const random = randomNumbers(width);
  return {
    width,
    height,
    data: Uint8ClampedArray.from({ length: 4 * width * height }, () => Math.floor(random() * 256)),
  };
}

/** One by one, as on-white.ts lays them. */
function laid({ data }: RgbaPixels): number[] {
  return Array.from({ length: (data.length / 4) * 3 }, (_, i) => {
    const pixel = 4 * Math.floor(i / 3);
    return onWhite(data[pixel + (i % 3)] as number, data[pixel + 3] as number);
  });
}

it.each([
  ['a pixel', 1, 1],
  ['fewer pixels than go through the kernels at a time', 7, 5],
  ['more of them', 131, 257],
])('a picture in its own place: %s', (_, width, height) => {
  const pixels = noise(width, height);
  const expected = Buffer.from(laid(pixels));

  const rgb = layOnWhiteInPlace(pixels);

  expect(Buffer.compare(rgb, expected)).toBe(0);
});

it('rows of a canvas with a frame in its midst, in any order', () => {
  const pixels = noise(5, 2);
  const frame = { x: 2, y: 1, width: 5, height: 2 };
  const rows = new WhiteRows(pixels, { width: 9, height: 4, frame } as unknown as WebpContainer, 0);
  const white = (count: number) => Array<number>(3 * count).fill(255);
  const colours = laid(pixels);
  const covered = (row: number) => [...white(2), ...colours.slice(15 * row, 15 * (row + 1)), ...white(2)];

  const made = [1, 0, 2, 3].map((y) => {
    rows.make(y);
    return [...rows.bytes.subarray(rows.rowAt, rows.rowAt + 27)];
  });

  expect(made).toEqual([covered(0), white(9), covered(1), white(9)]);
});
