import type { RgbPixels } from '../../photo/pixels/pixels.ts';

const columns = 8;
const rows = 8;

/**
 * 64 bits of a picture that stay nearly the same when it is stored again, smaller or brighter: whether each of 8 × 8 places
 * is darker than the one to its right (N. Krawetz's difference hash). The rows from top to bottom, the first in the highest
 * bits.
 */
export function fingerprint(pixels: RgbPixels): bigint {
  const greys = shrink(pixels, columns + 1, rows);
  let bits = 0n;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * (columns + 1) + column;
      bits = (bits << 1n) | ((greys[at] as number) < (greys[at + 1] as number) ? 1n : 0n);
    }
  }
  return bits;
}

/** In how many bits two fingerprints differ. */
export function countDifferentBits(one: bigint, other: bigint): number {
  let count = 0;
  for (let bits = one ^ other; bits > 0n; bits &= bits - 1n) count++;
  return count;
}

/** The mean grey of each of so many places. */
function shrink({ width, height, data }: RgbPixels, across: number, down: number): Float64Array {
  return Float64Array.from({ length: across * down }, (_, at) => {
    const [left, right] = span(at % across, across, width);
    const [top, bottom] = span(Math.floor(at / across), down, height);
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let from = 3 * (y * width + left); from < 3 * (y * width + right); from++) sum += data[from] as number;
    }
    return sum / ((bottom - top) * (right - left));
  });
}

/** At least one pixel, of a picture of few pixels too. */
function span(place: number, places: number, size: number): readonly [number, number] {
  const from = Math.min(Math.floor((place * size) / places), size - 1);
  return [from, Math.max(from + 1, Math.floor(((place + 1) * size) / places))];
}
