import type { RgbPixels } from './pixels.ts';

/** Takes the rows of a picture in any order and makes a picture of them. */
export interface RowCollector {
  /** `count` pixels of `rgb`, the first at column `x` of row `y`, each next one `stepX` columns further right. */
  add(rgb: Uint8Array, count: number, x: number, y: number, stepX: number): void;
  finish(): RgbPixels;
}

/**
 * Twice the size wanted is kept. The mean of squares blurs a little, which a final resize by less than two would let show;
 * Pillow advises the same margin for its `reducing_gap`.
 */
const margin = 2;

/** Up to here a picture is kept whole: resizing that many pixels takes no longer than averaging them first. */
const largestWholePictureInPixels = 4_000_000;

/** The whole factor by which both sides can be divided so that a final resize to the smallest size wanted shows no loss. */
export function reductionFactor(
  width: number,
  height: number,
  minimumSize: { readonly width: number; readonly height: number } | undefined,
): number {
  if (minimumSize === undefined || width * height <= largestWholePictureInPixels) return 1;
  return Math.max(1, Math.floor(Math.min(width / minimumSize.width, height / minimumSize.height) / margin));
}

/**
 * A collector for a picture of this size. With a factor above 1 each square of that many pixels becomes their mean (as
 * Pillow's `reduce` makes it; squares cut by the right and lower edge are the mean of what is there), so that a large
 * picture never lies in memory whole.
 */
export function collectRows(width: number, height: number, factor: number): RowCollector {
  return factor === 1 ? wholePicture(width, height) : meansOfSquares(width, height, factor);
}

/** What such a collector takes, sums and their means together. */
export function collectorSizeInBytes(width: number, height: number, factor: number): number {
  const samples = 3 * Math.ceil(width / factor) * Math.ceil(height / factor);
  return factor === 1 ? samples : samples * (1 + sumsFor(factor, 0).BYTES_PER_ELEMENT);
}

function wholePicture(width: number, height: number): RowCollector {
  const data = new Uint8Array(3 * width * height);
  return {
    add(rgb, count, x, y, stepX) {
      const start = 3 * (y * width + x);
      if (stepX === 1) {
        data.set(rgb.subarray(0, 3 * count), start);
        return;
      }
      for (let i = 0, to = start; i < count; i++, to += 3 * stepX) {
        data[to] = rgb[3 * i] as number;
        data[to + 1] = rgb[3 * i + 1] as number;
        data[to + 2] = rgb[3 * i + 2] as number;
      }
    },
    finish: () => ({ width, height, data }),
  };
}

function meansOfSquares(width: number, height: number, factor: number): RowCollector {
  const columns = Math.ceil(width / factor);
  const rows = Math.ceil(height / factor);
  const sums = sumsFor(factor, 3 * columns * rows);
  return {
    add(rgb, count, x, y, stepX) {
      let cell = 3 * (columns * Math.floor(y / factor) + Math.floor(x / factor));
      let toNextSquare = factor - (x % factor);
      for (let from = 0; from < 3 * count; cell += 3, toNextSquare += factor) {
        // Summed aside for as long as the row stays in one square: the array of sums is much slower than these three.
        let red = 0;
        let green = 0;
        let blue = 0;
        for (; toNextSquare > 0 && from < 3 * count; toNextSquare -= stepX, from += 3) {
          red += rgb[from] as number;
          green += rgb[from + 1] as number;
          blue += rgb[from + 2] as number;
        }
        sums[cell] = (sums[cell] as number) + red;
        sums[cell + 1] = (sums[cell + 1] as number) + green;
        sums[cell + 2] = (sums[cell + 2] as number) + blue;
      }
    },
    finish() {
      const data = new Uint8Array(sums.length);
      for (let row = 0, at = 0; row < rows; row++) {
        const squareHeight = Math.min(factor, height - row * factor);
        for (let column = 0; column < columns; column++, at += 3) {
          const share = 1 / (squareHeight * Math.min(factor, width - column * factor));
          data[at] = meanOf(sums[at] as number, share);
          data[at + 1] = meanOf(sums[at + 1] as number, share);
          data[at + 2] = meanOf(sums[at + 2] as number, share);
        }
      }
      return { width: columns, height: rows, data, isReduced: true };
    },
  };
}

/** A mean that becomes the nearest level in an array of bytes; `share` is one by the number of pixels summed. */
export function meanOf(total: number, share: number): number {
  return total * share + roundingUp;
}

/** A half, which whole bytes then cut to the nearest level; the rest covers what multiplying by a reciprocal falls short. */
const roundingUp = 0.5 + 1e-9;

/** The narrowest numbers that hold the sum of a white square: with small factors there are many squares. */
function sumsFor(factor: number, length: number): Uint16Array | Uint32Array | Float64Array {
  const largest = 255 * factor ** 2;
  if (largest < 2 ** 16) return new Uint16Array(length);
  return largest < 2 ** 32 ? new Uint32Array(length) : new Float64Array(length);
}
