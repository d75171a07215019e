import { expect, it } from 'vitest';
import type { RgbPixels } from '../../../photo/pixels/pixels.ts';
import { countDifferentBits, fingerprint } from '../../../training/features/fingerprint.ts';

function draw(width: number, height: number, grey: (x: number, y: number) => number): RgbPixels {
  const data = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) {
    data.fill(grey((at % width) / width, Math.floor(at / width) / height), 3 * at, 3 * at + 3);
  }
  return { width, height, data };
}

const waves = (x: number, y: number) => 128 + 60 * Math.sin(7 * x + 4 * y) + 40 * Math.cos(9 * y);

it('stays nearly the same for another size and brightness', () => {
  const one = fingerprint(draw(180, 120, waves));
  const other = fingerprint(draw(120, 80, (x, y) => 0.8 * waves(x, y) + 20));

  expect(countDifferentBits(one, other)).toBeLessThanOrEqual(3);
});

it('is another for another picture', () => {
  const one = fingerprint(draw(180, 120, waves));

  expect(countDifferentBits(one, fingerprint(draw(180, 120, (x, y) => waves(1 - x, y))))).toBeGreaterThan(10);
});

it('takes a picture of one pixel', () => {
  expect(fingerprint(draw(1, 1, () => 9))).toBe(0n);
});
