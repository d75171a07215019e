import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { drawThumbnailOfBytes } from '../../../training/findings/draw-thumbnail.ts';

/** A picture of one colour, but for its left half. */
function drawPng(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) {
    png.data.set(at % width < width / 2 ? [200, 100, 50, 255] : [20, 40, 220, 255], at * 4);
  }
  return PNG.sync.write(png);
}

async function draw(width: number, height: number) {
  const url = await drawThumbnailOfBytes(drawPng(width, height), assets.webpWasmFile);
  expect(url).toMatch(/^data:image\/jpeg;base64,/);
  return jpeg.decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
}

describe('a thumbnail', () => {
  it.each([
    [224, 112, 112, 56],
    [100, 300, 37, 112],
    [20, 10, 112, 56],
    [400, 1, 112, 1],
  ])('of %i x %i is %i x %i: whole, its longer side of 112 pixels', async (width, height, wide, high) => {
    const drawn = await draw(width, height);

    expect([drawn.width, drawn.height]).toEqual([wide, high]);
  });

  it('keeps colours in their places, to what its quality costs', async () => {
    const { data, width, height } = await draw(224, 224);
    const at = (x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];

    for (const [x, colour] of [
      [8, [200, 100, 50]],
      [width - 9, [20, 40, 220]],
    ] as const) {
      for (const y of [4, height - 5]) {
        const off = at(x, y).map((value, channel) => Math.abs(value - (colour[channel] as number)));
        expect(Math.max(...off)).toBeLessThan(12);
      }
    }
  });
});
