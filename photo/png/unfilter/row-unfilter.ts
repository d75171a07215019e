import { ModuleInstances } from '../../../wasm/module-instances.ts';
import { corruptPhoto } from '../../photo-error.ts';
import { type PngKernels, pngKernels } from '../kernels/png-kernels.ts';

const filterNames = ['none', 'sub', 'up', 'average', 'paeth'] as const;
export type FilterName = (typeof filterNames)[number];

/** A kernel reads and writes so many bytes at a time, up to one less of them past the last pixel. */
const vectorInBytes = 8;

const idle: ModuleInstances<PngKernels>[] = [];

/**
 * Undoes the filters of a picture's rows one after the other, in a memory that no other picture uses until `release`; it is
 * kept for a later one.
 */
export class RowUnfilter {
  readonly #kernels: ModuleInstances<PngKernels>;
  readonly #exports: PngKernels;
  readonly #bytes: Uint8Array;
  readonly #step: number;
  /** Where the row above begins, and the row that is made. The stored row lies at 0, its filter's number first. */
  #above: number;
  #out: number;
  readonly #rowInBytes: number;

  /** @param step bytes from a pixel to the one on its right, 1 to 8 */
  constructor(longestRowInBytes: number, step: number) {
    this.#kernels = idle.pop() ?? new ModuleInstances(pngKernels);
    this.#rowInBytes = longestRowInBytes + vectorInBytes;
    const { exports, memory } = this.#kernels.hold(3 * this.#rowInBytes);
    this.#exports = exports;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#step = step;
    this.#above = this.#rowInBytes;
    this.#out = 2 * this.#rowInBytes;
  }

  /** Puts a piece of the stored row, of which `position` 0 is the filter's number. */
  put(piece: Uint8Array, position: number): void {
    this.#bytes.set(piece, position);
  }

  /**
   * The row that was put, `sizeInBytes` long without its filter's number; lasts until the next call.
   * @param isFirst whether zeros stand for the row above
   */
  unfilter(sizeInBytes: number, isFirst: boolean): Uint8Array {
    const name = filterNames[this.#bytes[0] as number];
    if (name === undefined) throw corruptPhoto('The PNG has a row with an unknown filter.');
    const [above, out] = [this.#above, this.#out];
    if (isFirst) this.#bytes.fill(0, above, above + this.#rowInBytes);
    // What a pixel does not need of its left neighbour goes as fast as vectors do.
    const step = name === 'none' || name === 'up' ? vectorInBytes : this.#step;
    this.#exports[name](1, above, out, out + sizeInBytes, step);
    this.#above = out;
    this.#out = above;
    return this.#bytes.subarray(out, out + sizeInBytes);
  }

  release(): void {
    idle.push(this.#kernels);
  }
}
