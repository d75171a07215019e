import type { EntropyWindow } from '../entropy/entropy-window.ts';

/** The 32 bits of a window from `bitPosition` on. */
export function bitsAt({ view }: EntropyWindow, bitPosition: number): number {
  // The bytes lie backwards, so that those of a number in the order of the processor are in the order of the file.
  const at = view.byteLength - (bitPosition >>> 3) - 4;
  const passed = bitPosition & 7;
  return (view.getInt32(at, true) << passed) | (view.getUint8(at - 1) >>> (8 - passed));
}
