import { describe, expect, it } from 'vitest';
import { collectRows, reductionFactor } from '../../../function/photo/row-collector.ts';

describe('reductionFactor', () => {
  it.each([
    [4000, 3000, { width: 224, height: 224 }, 13],
    [3000, 4000, { width: 224, height: 448 }, 8],
    [447, 447, { width: 224, height: 224 }, 1],
    [448, 448, { width: 224, height: 224 }, 2],
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

  it('keeps the sum of a square of white 1,000 pixels wide exact', () => {
    const collector = collectRows(1000, 1000, 1000);
    const white = new Uint8Array(3000).fill(255);
    for (let y = 0; y < 1000; y++) collector.add(white, 1000, 0, y, 1);
    expect(collector.finish()).toEqual({ width: 1, height: 1, data: Uint8Array.of(255, 255, 255) });
  });
});
