import type { PixelKernels } from '../kernels/pixel-kernels.ts';
import type { RgbPixels } from '../pixels.ts';
import { meanOf } from '../row-collector.ts';
import { sumsInBytes } from './square-sums.ts';

/** Kernels and the memory that they work on. */
export interface PixelMemory {
  readonly kernels: Pick<PixelKernels, 'addToSums'>;
  readonly bytes: Uint8Array;
}

/** The largest factor whose squares of white are summed in 32 bits. */
export const largestSummedFactor = 4_104;

/** What the sums of one row of squares take of that memory. */
export function squareSumsSizeInBytes(width: number, factor: number): number {
  return sumsInBytes * Math.ceil(width / factor);
}

/**
 * A picture of the means of squares, of rows that come from the top down in a memory of kernels: of the same bytes as that
 * of `collectRows`, which takes them in any order.
 */
export class SquareRows {
  readonly #memory: PixelMemory;
  readonly #sumsAt: number;
  readonly #sums: Uint32Array;
  readonly #width: number;
  readonly #height: number;
  readonly #factor: number;
  readonly #columns: number;
  readonly #data: Uint8Array;
  #rows = 0;
  #made = 0;

  /** @param sumsAt where `squareSumsSizeInBytes` are free, at a multiple of four */
  constructor(memory: PixelMemory, sumsAt: number, width: number, height: number, factor: number) {
    this.#memory = memory;
    this.#sumsAt = sumsAt;
    this.#width = width;
    this.#height = height;
    this.#factor = factor;
    this.#columns = Math.ceil(width / factor);
    this.#sums = new Uint32Array(memory.bytes.buffer, sumsAt, (sumsInBytes / 4) * this.#columns).fill(0);
    this.#data = new Uint8Array(3 * this.#columns * Math.ceil(height / factor));
  }

  /** The next row, at this address. */
  add(row: number): void {
    const { kernels } = this.#memory;
    const factor = this.#factor;
    const whole = Math.floor(this.#width / factor);
    const wholeEnd = this.#sumsAt + sumsInBytes * whole;
    if (whole > 0) kernels.addToSums(row, factor, this.#sumsAt, wholeEnd);
    // A square that the right edge cuts.
    const rest = this.#width - whole * factor;
    if (rest > 0) kernels.addToSums(row + 3 * whole * factor, rest, wholeEnd, wholeEnd + sumsInBytes);
    this.#rows++;
    if (this.#rows % factor === 0 || this.#rows === this.#height) this.#makeMeans(((this.#rows - 1) % factor) + 1);
  }

  finish(): RgbPixels {
    const height = Math.ceil(this.#height / this.#factor);
    return { width: this.#columns, height, data: this.#data, isReduced: true };
  }

  #makeMeans(squareHeight: number): void {
    const [sums, data, factor, width] = [this.#sums, this.#data, this.#factor, this.#width];
    let to = this.#made;
    for (let column = 0, from = 0; column < this.#columns; column++, from += sumsInBytes / 4, to += 3) {
      const share = 1 / (squareHeight * Math.min(factor, width - column * factor));
      data[to] = meanOf(sums[from] as number, share);
      data[to + 1] = meanOf(sums[from + 1] as number, share);
      data[to + 2] = meanOf(sums[from + 2] as number, share);
    }
    this.#made = to;
    sums.fill(0);
  }
}
