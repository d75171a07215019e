import {
  END_OF_BLOCK,
  GROUP_BITS,
  GROUP_BLOCK_END,
  GROUP_COEFFICIENTS,
  GROUP_FOUND_SHIFT,
  LENGTH_MASK,
  RUN_MASK,
  RUN_SHIFT,
  VALUE_SHIFT,
} from './entropy-layout.ts';
import type { HuffmanTable } from './plain-huffman-table.ts';

/**
 * For a scan that refines AC, where no coefficient is left that was not zero before: as many whole symbols at once as the next
 * 11 bits hold, up to the end of the block. Two words each, 0 bits long where not even one fits or it means nothing.
 */
export function refinementGroups(ac: HuffmanTable): Int32Array {
  const groups = new Int32Array(2 << GROUP_BITS);
  for (let bits = 0; bits < 1 << GROUP_BITS; bits++) groups.set(groupAt(ac, bits), 2 * bits);
  return groups;
}

function groupAt(ac: HuffmanTable, bits: number): readonly [number, number] {
  let [length, coefficients, found, negative] = [0, 0, 0, 0];
  while (coefficients < GROUP_COEFFICIENTS) {
    const symbol = ac.symbolIn(bits << (32 - GROUP_BITS + length));
    const run = (symbol >> RUN_SHIFT) & RUN_MASK;
    const value = symbol >> VALUE_SHIFT;
    if (symbol === 0 || length + (symbol & LENGTH_MASK) > GROUP_BITS) break;
    if (run === END_OF_BLOCK) {
      length += symbol & LENGTH_MASK;
      coefficients += GROUP_BLOCK_END;
      break;
    }
    const at = coefficients + run;
    if (at >= GROUP_COEFFICIENTS || Math.abs(value) > 1) break;
    if (value !== 0) found |= 1 << at;
    if (value < 0) negative |= 1 << at;
    length += symbol & LENGTH_MASK;
    coefficients = at + 1;
  }
  return [length | (found << GROUP_FOUND_SHIFT), negative | (coefficients << 24)];
}
