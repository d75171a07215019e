import { ModuleInstances } from '../../../wasm/module-instances.ts';
import { type FitKernels, fitKernels } from './fit-kernels.ts';

const vectorInBytes = 16;

/** What of a fit touches every pixel, in WebAssembly, on a memory that the next user has too. */
export class FitWorkspace {
  static readonly #instances = new ModuleInstances(fitKernels);
  readonly kernels: FitKernels;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Where the parts asked for begin. */
  readonly addresses: readonly number[];

  /** @param partsInBytes what is to lie in memory; a vector's length is kept free behind each */
  constructor(partsInBytes: readonly number[]) {
    let end = 0;
    this.addresses = partsInBytes.map((part) => {
      const address = end;
      end += wholeVectors(part) + vectorInBytes;
      return address;
    });
    const { exports, memory } = FitWorkspace.#instances.hold(end);
    this.kernels = exports;
    this.bytes = new Uint8Array(memory.buffer);
    this.words = new Int32Array(memory.buffer);
  }

  /** So many floats from an address on. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.bytes.buffer, address, count);
  }
}

/** The length in whole vectors, so that reading and writing by vectors stays inside. */
export function wholeVectors(lengthInBytes: number): number {
  return Math.ceil(lengthInBytes / vectorInBytes) * vectorInBytes;
}
