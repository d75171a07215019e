import { describe, expect, it } from 'vitest';
import { collectRows, reductionFactor } from '../../../photo/pixels/row-collector.ts';

describe('reductionFactor', () => {
  it.each([
    [4000, 3000, { width: 224, height: 224 }, 6],
    [3000, 4000, { width: 224, height: 448 }, 4],
    [2239, 2239, { width: 560, height: 560 }, 1],
    [2240, 2240, { width: 560, height: 560 }, 2],
    [2000, 2000, { width: 224, height: 224 }, 1],
    [2000, 2001, { width: 224, height: 224 }, 4],
    // One pixel more than is kept whole.
    [97_561, 41, { width: 10, height: 10 }, 2],
    [100, 100, { width: 224, height: 224 }, 1],
    [4000, 3000, undefined, 1],
  ])('divides %i × %i for at least %o by %i', (width, height, minimumSize, factor) => {
    expect(reductionFactor(width, height, minimumSize)).toBe(factor);
  });
});

describe('collectRows', () => {
  it('spreads the pixels of a row by its step', () => {
    const collector = collectRows(4, 2, 1);
    collector.add(Uint8Array.of(1, 2, 3, 4, 5, 6), 2, 1, 1, 2);
    collector.add(Uint8Array.of(7, 8, 9), 1, 0, 0, 1);
    const row = (...pixels: number[][]) => pixels.flat();
    const none = [0, 0, 0];

    expect(Array.from(collector.finish().data)).toEqual([
      ...row([7, 8, 9], none, none, none),
      ...row(none, [1, 2, 3], none, [4, 5, 6]),
    ]);
  });

  it.each([2, 16, 17, 1000, 5000])('keeps the sum of a white square %i pixels wide exact', (side) => {
    const collector = collectRows(side, side, side);
    const white = new Uint8Array(3 * side).fill(255);
    for (let y = 0; y < side; y++) collector.add(white, side, 0, y, 1);

    expect(collector.finish()).toEqual({
      width: 1,
      height: 1,
      data: Uint8Array.of(255, 255, 255),
      isReduced: true,
    });
  });

  it('rounds each mean to the nearest level, halves up', () => {
    for (const side of [2, 3, 7, 30]) {
      for (let sum = 0; sum <= 3 * side ** 2; sum++) {
        const collector = collectRows(side, side, side);
        const pixels = Array.from({ length: side ** 2 }, (_, i) => Math.floor((sum + i) / side ** 2));
        const bytes = Uint8Array.from(pixels.flatMap((value) => [value, value, value]));
        for (let y = 0; y < side; y++) collector.add(bytes.subarray(3 * y * side, 3 * (y + 1) * side), side, 0, y, 1);
        expect(collector.finish().data[0], `${sum} in ${side ** 2}`).toBe(Math.round(sum / side ** 2));
      }
    }
  });

  it.each([1, 2, 4, 8])('finds the square of each pixel of a row with steps of %i', (stepX) => {
    const collector = collectRows(16, 3, 3);
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < stepX; x++) {
        const row = Array.from({ length: 16 / stepX }, (_, i) => 15 * Math.floor((x + i * stepX) / 3));
        collector.add(Uint8Array.from(row.flatMap((value) => [value, value, value])), row.length, x, y, stepX);
      }
    }

    expect(Array.from(collector.finish().data.filter((_, i) => i % 3 === 0))).toEqual([0, 15, 30, 45, 60, 75]);
  });
});
