import { KernelModule } from '../../../wasm/kernel-module.ts';
import { ModuleInstances } from '../../../wasm/module-instances.ts';

/** What the module exports; addresses, lengths and steps are in bytes. */
interface FitKernels {
  resizeRow(row: number, channels: number, plan: number, planStep: number, count: number, out: number): void;
  resizeColumns(rows: number, rowStep: number, weights: number, weightsEnd: number, length: number, out: number): void;
  scaleGrey(pixels: number, end: number, tables: number, out: number): void;
  scaleRgb(pixels: number, end: number, tables: number, out: number): void;
  scaleBgr(pixels: number, end: number, tables: number, out: number): void;
}

export const fitKernels = new KernelModule<FitKernels>(new URL('./fit-kernels.wasm', import.meta.url));

const vectorInBytes = 16;

/** What of a fit touches every pixel, in WebAssembly, on a memory that the next user has too. */
export class FitKernel {
  static readonly #instances = new ModuleInstances(fitKernels);
  readonly exports: FitKernels;
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
    const { exports, memory } = FitKernel.#instances.hold(end);
    this.exports = exports;
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
