import { type ModelKernels, modelKernels } from '../kernels/model-kernels.ts';
import type { Unfamiliarity } from './unfamiliarity.ts';

const pageInBytes = 65_536;
const floatInBytes = Float32Array.BYTES_PER_ELEMENT;

/**
 * Scores features as `scoreUnfamiliarity` does, on kernels: a loop that runs once a photo is left to V8's interpreter for the
 * first photos, each of which it would take milliseconds.
 */
export class UnfamiliarityScorer {
  readonly #kernels: ModelKernels;
  readonly #bias: number;
  readonly #cosineWeight: number;
  /** Of each prototype; its length to divide by. */
  readonly #rows: readonly { readonly address: number; readonly length: number }[];
  /** As many as there are features and zeros up to a multiple of four. */
  readonly #count: number;
  readonly #features: Float32Array;
  readonly #weightsAddress: number;

  constructor({ weights, prototypes, bias, cosineWeight }: Unfamiliarity) {
    this.#bias = bias;
    this.#cosineWeight = cosineWeight;
    this.#count = Math.ceil(weights.length / 4) * 4;
    this.#weightsAddress = this.#count * floatInBytes;
    const firstRow = 2 * this.#weightsAddress;
    const prototypeCount = prototypes.length / weights.length;
    const pages = Math.ceil((firstRow + prototypeCount * this.#count) / pageInBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#kernels = modelKernels.instantiate(memory);
    this.#features = new Float32Array(memory.buffer, 0, this.#count);
    new Float32Array(memory.buffer, this.#weightsAddress).set(weights);
    const bytes = new Int8Array(memory.buffer);
    this.#rows = Array.from({ length: prototypeCount }, (_, index) => {
      const prototype = prototypes.subarray(index * weights.length, (index + 1) * weights.length);
      const address = firstRow + index * this.#count;
      bytes.set(prototype, address);
      this.#features.set(prototype);
      return { address, length: Math.sqrt(this.#kernels.dotBytes(0, address, this.#count)) };
    });
  }

  /** The score of a photo's features, which must be as many as there are weights; larger is stranger. */
  score(features: Float32Array): number {
    this.#features.set(features);
    const { dotFloats, dotBytes } = this.#kernels;
    // All zeros have no direction; their sums are zero whatever they are divided by.
    const length = Math.sqrt(dotFloats(0, 0, this.#count)) || 1;
    let largest = -1;
    for (const row of this.#rows) {
      largest = Math.max(largest, dotBytes(0, row.address, this.#count) / (row.length * length));
    }
    const strangeness = this.#bias + dotFloats(0, this.#weightsAddress, this.#count) / length;
    return strangeness - this.#cosineWeight * largest;
  }
}
