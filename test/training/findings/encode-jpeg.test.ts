import jpeg from 'jpeg-js';
import { expect, it } from 'vitest';
import { encodeJpeg } from '../../../training/findings/encode-jpeg.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

/** Slopes of colour with noise on them: `noise` 0 to 255. */
function draw(width: number, height: number, noise: number) {
  const random = randomNumbers(width);
  const data = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const slope = channel === 0 ? (pixel % width) / width : Math.floor(pixel / width) / height;
    return Math.min(255, Math.max(0, Math.round(40 + 170 * slope + noise * (random() - 0.5))));
  });
  return { width, height, data };
}

it.each([
  [8, 8, 0, 95, 4],
  [112, 84, 0, 90, 4],
  [37, 61, 20, 95, 8],
  [1, 1, 0, 90, 4],
  // Every code of the tables comes up in noise at the best quality.
  [64, 64, 255, 100, 3],
])('a picture of %i x %i with noise of %i at quality %i decodes to within %i of itself', (width, height, noise, quality, most) => {
  const pixels = draw(width, height, noise);

  const decoded = jpeg.decode(encodeJpeg(pixels, quality), { useTArray: true, formatAsRGBA: false });

  expect([decoded.width, decoded.height]).toEqual([width, height]);

  const off = pixels.data.map((value, at) => Math.abs(value - (decoded.data[at] as number)));
  expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(most);
});
