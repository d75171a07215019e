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

it('has a bit for each place that is darker than the one to its right, row by row from the highest', () => {
  // Nine columns by eight rows of one pixel each: darker to the right of the place that the test names.
  const stepAt = (row: number, column: number) => {
    const grey = (x: number, y: number) => (Math.round(y * 8) === row && Math.round(x * 9) > column ? 200 : 100);
    return fingerprint(draw(9, 8, grey));
  };

  expect([stepAt(0, 0), stepAt(0, 7), stepAt(3, 2), stepAt(7, 7)]).toEqual([2n ** 63n, 2n ** 56n, 2n ** 37n, 1n]);
});

it('is made of means over whole places', () => {
  const steps = (x: number) => 10 * Math.floor(x * 9);
  const oneBrighter = (x: number, y: number) => (x === 1 / 3 && y === 0 ? 255 : steps(x));

  // One pixel of four times five cannot make a place of 30 brighter than the next.
  expect(fingerprint(draw(36, 40, steps))).toBe(2n ** 64n - 1n);
  expect(fingerprint(draw(36, 40, oneBrighter))).toBe(2n ** 64n - 1n - 2n ** 60n);
});

it('counts the bits that differ', () => {
  expect([
    countDifferentBits(0n, 0n),
    countDifferentBits(0b1011n, 0b10n),
    countDifferentBits(0n, 2n ** 64n - 1n),
  ]).toEqual([0, 2, 64]);
});
