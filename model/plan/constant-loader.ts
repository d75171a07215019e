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
    if (isStoredAsHalves(weight)) {
      weight.read(new Uint8Array(this.#memory.buffer, this.#stagingAddress, weight.sizeInBytes));
      this.#kernels.packHalves(this.#stagingAddress, address, depth, columns);
    } else {
      this.packNumbers(readNumbers(weight), address, depth, columns);
    }
  }

  /** Numbers of one's own, packed the same way. */
  packNumbers(numbers: Float32Array, address: number, depth: number, columns: number): void {
    new Float32Array(this.#memory.buffer, this.#stagingAddress).set(numbers);
    this.#kernels.packFloats(this.#stagingAddress, address, depth, columns);
  }
}
