import { fitModule } from './fit-module.ts';

/** What the module exports; addresses, lengths and steps are in bytes. */
interface FitExports {
  readonly memory: WebAssembly.Memory;
  resizeRow(row: number, channels: number, plan: number, planStep: number, count: number, out: number): void;
  resizeColumns(rows: number, rowStep: number, weights: number, weightsEnd: number, length: number, out: number): void;
  scaleGrey(pixels: number, end: number, tables: number, out: number): void;
  scaleRgb(pixels: number, end: number, tables: number, out: number): void;
  scaleBgr(pixels: number, end: number, tables: number, out: number): void;
}

const vectorInBytes = 16;
const pageInBytes = 1 << 16;

/** What of a fit touches every pixel, in WebAssembly, on a memory that grows to the largest need and is kept. */
export class FitKernel {
  static #exports: FitExports | undefined;
  readonly exports: FitExports;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Where the parts asked for begin. */
  readonly addresses: readonly number[];

  /** @param partsInBytes what is to lie in memory; a vector's length is kept free behind each */
  constructor(partsInBytes: readonly number[]) {
    FitKernel.#exports ??= new WebAssembly.Instance(new WebAssembly.Module(fitModule)).exports as unknown as FitExports;
    this.exports = FitKernel.#exports;
    const { memory } = this.exports;
    let end = 0;
    this.addresses = partsInBytes.map((part) => {
      const address = end;
      end += wholeVectors(part) + vectorInBytes;
      return address;
    });
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageInBytes));
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
