import { ModuleInstances } from '../../wasm/module-instances.ts';
import { type WeightKernels, weightKernels } from './weight-kernels.ts';

/** A weight of floats, and where it lies in weights.bin. */
interface FloatSpan {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly sizeInBytes: 2 | 4;
}

/** A weight by its place in weights.bin and the type that it is stored as. */
export interface PlacedWeight {
  readonly name: string;
  readonly type: string;
  readonly from: number;
  readonly sizeInBytes: number;
}

const vectorInBytes = 16;
/** Room for the part of a float that the chunk before ended with. */
const carriedInBytes = vectorInBytes;
const sizeByType: ReadonlyMap<string, 2 | 4> = new Map([
  ['float16', 2],
  ['float32', 4],
]);

/** Looks for numbers that are not finite in weights.bin while it is read, chunk by chunk from its start on. */
export class InfiniteWeightFinder {
  static readonly #instances = new ModuleInstances(weightKernels);
  readonly #spans: readonly FloatSpan[];
  readonly #kernels: WeightKernels;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #next = 0;
  /** Where each chunk is to be read to. */
  readonly chunk: Uint8Array;
  /** The name of the first weight that holds one. */
  found: string | undefined;

  constructor(weights: readonly PlacedWeight[], chunkInBytes: number) {
    this.#spans = weights.flatMap(({ name, type, from, sizeInBytes }) => {
      const size = sizeByType.get(type);
      return size === undefined ? [] : [{ name, from, to: from + sizeInBytes, sizeInBytes: size }];
    });
    const { exports, memory } = InfiniteWeightFinder.#instances.hold(carriedInBytes + chunkInBytes);
    this.#kernels = exports;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
    this.chunk = this.#bytes.subarray(carriedInBytes, carriedInBytes + chunkInBytes);
  }

  /** Looks at the first bytes of {@link chunk}, which lie at `offset` of the file. */
  look(count: number, offset: number): void {
    const end = offset + count;
    const toAddress = carriedInBytes - offset;
    for (let span = this.#spans[this.#next]; span !== undefined && span.from < end; span = this.#spans[this.#next]) {
      // What of the span has not been looked at, in whole numbers; the rest waits for the next chunk.
      const seen = Math.max(0, Math.floor((offset - span.from) / span.sizeInBytes)) * span.sizeInBytes;
      const first = span.from + seen;
      const last = first + Math.floor((Math.min(span.to, end) - first) / span.sizeInBytes) * span.sizeInBytes;
      if (this.#hasInfinite(first + toAddress, last + toAddress, span.sizeInBytes)) this.found ??= span.name;
      if (span.to > end) break;
      this.#next++;
    }
    this.#bytes.copyWithin(0, count, count + carriedInBytes);
  }

  #hasInfinite(from: number, to: number, sizeInBytes: 2 | 4): boolean {
    const whole = from + Math.floor((to - from) / vectorInBytes) * vectorInBytes;
    const isHalf = sizeInBytes === 2;
    if ((isHalf ? this.#kernels.hasInfiniteHalf(from, whole) : this.#kernels.hasInfiniteFloat(from, whole)) !== 0)
      return true;
    for (let at = whole; at < to; at += sizeInBytes) {
      const exponent = this.#view.getUint16(at + sizeInBytes - 2, true) & (isHalf ? 0x7c00 : 0x7f80);
      if (exponent === (isHalf ? 0x7c00 : 0x7f80)) return true;
    }
    return false;
  }
}
