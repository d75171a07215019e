import {
  END_OF_BLOCK,
  LENGTH_MASK,
  RUN_MASK,
  RUN_SHIFT,
  SKIP_ADVANCE_SHIFT,
  SKIP_BITS,
  SKIP_BLOCK_END,
  SKIP_SHIFT,
} from './entropy-layout.ts';
import type { HuffmanTable } from './plain-huffman-table.ts';

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
