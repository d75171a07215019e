import type { PngKernels } from '../kernels/png-kernels.ts';

/** The twins of `rgbKernels` and of `layOnWhite`: the same functions on the same memory, each the formula and nothing else. Tests compare them. */
export function plainRgbKernels(bytes: Uint8Array): Pick<PngKernels, 'layOnWhite' | 'lookUp'> {
  const byteAt = (address: number) => bytes[address] as number;
  return {
    layOnWhite(row, out, end) {
      for (let from = row, to = out; to < end; from += 4, to += 3) {
        const alpha = byteAt(from + 3);
        for (let i = 0; i < 3; i++) bytes[to + i] = Math.round(255 - ((255 - byteAt(from + i)) * alpha) / 255);
      }
    },

    lookUp(row, table, out, end) {
      for (let from = row, to = out; to < end; from++, to += 3) {
        for (let i = 0; i < 3; i++) bytes[to + i] = byteAt(table + 4 * byteAt(from) + i);
      }
    },
  };
}
