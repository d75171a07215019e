import { codeLayout } from '../kernels/entropy-layout.ts';
import type { JpegWorkspace } from '../kernels/jpeg-workspace.ts';
import type { HuffmanCode } from './huffman-code.ts';

/** Makes ready at `address` what the kernels read symbols of a code with. */
export function layOutCode({ kernels, bytes, words }: JpegWorkspace, code: HuffmanCode, address: number): void {
  bytes.set(code.values, address + codeLayout.values);
  bytes.set(code.counts, address + codeLayout.counts);
  words[(address + codeLayout.isAc) / Int32Array.BYTES_PER_ELEMENT] = code.tableClass === 'ac' ? 1 : 0;
  kernels.layOutCode(address);
}
