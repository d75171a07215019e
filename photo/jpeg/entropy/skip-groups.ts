import type { HuffmanTable } from './huffman-table.ts';
import { END_OF_BLOCK, LENGTH_MASK, RUN_MASK, RUN_SHIFT } from './huffman-table.ts';

const SKIP_BITS = 13;
export const SKIP_SHIFT = 32 - SKIP_BITS;

/** A group is bits 0 to 3: how many bits it took; from 4 on: how many coefficients, plus 256 where it ends the block. */
export const SKIP_LENGTH_MASK = 15;
export const SKIP_ADVANCE_SHIFT = 4;
export const SKIP_BLOCK_END = 256;

/**
 * For reading over coefficients whose values no one needs: as many whole symbols at once as the next 13 bits hold, up to
 * the end of the block. 0 where not even one fits, or where it means nothing.
 */
export function skipGroups(ac: HuffmanTable): Uint16Array {
  const groups = new Uint16Array(1 << SKIP_BITS);
  for (let bits = 0; bits < groups.length; bits++) groups[bits] = groupAt(ac, bits);
  return groups;
}

function groupAt(ac: HuffmanTable, bits: number): number {
  let length = 0;
  let advance = 0;
  while (advance < 63) {
    const symbol = ac.symbolIn(bits << (SKIP_SHIFT + length));
    const symbolLength = symbol & LENGTH_MASK;
    const run = (symbol >> RUN_SHIFT) & RUN_MASK;
    if (symbol === 0 || length + symbolLength > SKIP_BITS || run > END_OF_BLOCK) break;
    length += symbolLength;
    if (run === END_OF_BLOCK) return ((advance + SKIP_BLOCK_END) << SKIP_ADVANCE_SHIFT) | length;
    advance += run + 1;
  }
  return (advance << SKIP_ADVANCE_SHIFT) | length;
}
