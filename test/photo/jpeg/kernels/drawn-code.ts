import type { HuffmanClass, HuffmanCode } from '../../../../photo/jpeg/entropy/huffman-code.ts';

/**
 * A code of all lengths, whose values are mostly what photos hold; without the last code, so that some bits mean nothing.
 * @param drawValue what one of its codes stands for; the first four of AC are an end of the block, 1, 1 behind a zero, and a run of 16 zeros
 */
export function drawCode(
  tableClass: HuffmanClass,
  random: () => number,
  drawValue: () => number = tableClass === 'dc'
    ? () => Math.floor(random() ** 4 * 12)
    : () => (Math.floor(random() * 4) << 4) | Math.floor(random() * 7),
): HuffmanCode {
  const counts = new Uint8Array(16);
  let free = 2;
  let total = 0;
  for (let length = 1; length <= 16; length++) {
    const most = Math.min(free - 1, 250 - total);
    const count = length === 16 ? most : Math.floor(random() * Math.min(most + 1, 1 + length));
    counts[length - 1] = count;
    total += count;
    free = Math.min((free - count) * 2, 1 << 16);
  }
  const values = Uint8Array.from({ length: total }, drawValue);
  if (tableClass === 'ac') values.set([0x00, 0x01, 0x11, 0xf0].slice(0, total));
  return { tableClass, counts, values };
}

/** Entropy-coded data of no meaning, without a marker in it. */
export function drawBytes(random: () => number, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 255));
}
