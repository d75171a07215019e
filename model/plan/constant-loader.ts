import { isStoredAsHalves, readNumbers, type StoredWeight } from '../graph/stored-weights.ts';
import type { ModelKernels } from '../kernels/model-kernels.ts';

/** Fills the constants of a plan, by way of a stretch of memory that holds one stored weight at a time. */
export class ConstantLoader {
  readonly #kernels: ModelKernels;
  readonly #memory: WebAssembly.Memory;
  readonly #stagingAddress: number;

  constructor(kernels: ModelKernels, memory: WebAssembly.Memory, stagingAddress: number) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.#stagingAddress = stagingAddress;
  }

  /** A weight's numbers as they are, row by row; their count is a multiple of four. */
  copy(weight: StoredWeight, address: number): void {
    const count = weight.entry.shape.reduce((product, size) => product * size, 1);
    // Panels of four columns are the matrix of four columns itself.
    this.pack(weight, address, count / 4, 4);
  }

  /** A weight that is a matrix of `depth` × `columns` as the panels that `pointwise` reads; `columns` is a multiple of four. */
  pack(weight: StoredWeight, address: number, depth: number, columns: number): void {
    this.packWidened(weight, address, depth, columns, columns);
  }

  /** The same of `columns` columns of any number, filled up with zeros to `width`, a multiple of four. */
  packWidened(weight: StoredWeight, address: number, depth: number, columns: number, width: number): void {
    const { buffer } = this.#memory;
    if (isStoredAsHalves(weight)) {
      weight.read(new Uint8Array(buffer, this.#stagingAddress, weight.sizeInBytes));
      widenInPlace(new Uint16Array(buffer, this.#stagingAddress, depth * width), depth, columns, width);
      this.#kernels.packHalves(this.#stagingAddress, address, depth, width);
    } else {
      const staged = new Float32Array(buffer, this.#stagingAddress, depth * width);
      staged.set(readNumbers(weight));
      widenInPlace(staged, depth, columns, width);
      this.#kernels.packFloats(this.#stagingAddress, address, depth, width);
    }
  }

  /** Numbers of one's own, packed the same way. */
  packNumbers(numbers: Float32Array, address: number, depth: number, columns: number): void {
    new Float32Array(this.#memory.buffer, this.#stagingAddress).set(numbers);
    this.#kernels.packFloats(this.#stagingAddress, address, depth, columns);
  }
}

/** Zeros behind each row up to `width` columns, of rows that lie one after the other. */
function widenInPlace(numbers: Float32Array | Uint16Array, rows: number, columns: number, width: number): void {
  if (width === columns) return;
  for (let row = rows - 1; row >= 0; row--) widenRow(numbers, row, columns, width);
}

// By itself, and no number by its own: V8 compiles at once what has a long loop in it, while a start waits.
function widenRow(numbers: Float32Array | Uint16Array, row: number, columns: number, width: number): void {
  numbers.copyWithin(row * width, row * columns, (row + 1) * columns);
  numbers.fill(0, row * width + columns, (row + 1) * width);
}
