import { resizeModule } from './resize-module.ts';

/** What the module exports; addresses, lengths and steps are in bytes. */
interface ResizeExports {
  readonly memory: WebAssembly.Memory;
  resizeRow(row: number, channels: number, plan: number, planStep: number, count: number, out: number): void;
  resizeColumns(rows: number, rowStep: number, weights: number, weightsEnd: number, length: number, out: number): void;
}

const vectorInBytes = 16;
const pageInBytes = 1 << 16;

/** Both passes of an antialiased resize in WebAssembly, on a memory that grows to the largest need and is kept. */
export class ResizeKernel {
  static #exports: ResizeExports | undefined;
  readonly resizeRow: ResizeExports['resizeRow'];
  readonly resizeColumns: ResizeExports['resizeColumns'];
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Where the parts asked for begin. */
  readonly addresses: readonly number[];

  /** @param partsInBytes what is to lie in memory; a vector's length is kept free behind each */
  constructor(partsInBytes: readonly number[]) {
    ResizeKernel.#exports ??= new WebAssembly.Instance(new WebAssembly.Module(resizeModule))
      .exports as unknown as ResizeExports;
    const { memory, resizeRow, resizeColumns } = ResizeKernel.#exports;
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
    this.resizeRow = resizeRow;
    this.resizeColumns = resizeColumns;
  }
}

/** The length in whole vectors, so that reading and writing by vectors stays inside. */
export function wholeVectors(lengthInBytes: number): number {
  return Math.ceil(lengthInBytes / vectorInBytes) * vectorInBytes;
}
