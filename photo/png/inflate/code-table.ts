import type { SymbolTable } from './inflate-memory.ts';
import { reversedBits } from './reversed-bits.ts';
import { mostBitsOfCode } from './symbol-entries.ts';

/**
 * Lays out a canonical Huffman code (RFC 1951, section 3.2.2) for the kernels: `codeLengths[s]` bits for symbol s, 0 where it
 * has none.
 * @returns false where the lengths are of no code: more than its bits can tell apart, or fewer, but for one code of one bit
 *   or none at all, as zlib has it
 */
export function layOutCode(bytes: Uint8Array, table: SymbolTable, codeLengths: Uint8Array): boolean {
  const counts = new Uint16Array(bytes.buffer, bytes.byteOffset + table.counts, mostBitsOfCode + 1);
  const symbols = new Uint16Array(bytes.buffer, bytes.byteOffset + table.symbols, codeLengths.length);
  const entries = new Uint32Array(bytes.buffer, bytes.byteOffset + table.entries, codeLengths.length);
  const entriesByCode = new Uint32Array(bytes.buffer, bytes.byteOffset + table.entriesByCode, 2 ** table.bits);
  counts.fill(0);
  for (const length of codeLengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  if (!isCode(counts)) return false;
  sortSymbols(symbols, counts, codeLengths);
  let code = 0;
  let at = 0;
  entriesByCode.fill(0, 0, 1);
  for (let length = 1; length <= table.bits; length++) {
    // What shorter codes have filled is the same whatever the bit behind them.
    entriesByCode.copyWithin(2 ** (length - 1), 0, 2 ** (length - 1));
    code <<= 1;
    for (let left = counts[length] as number; left > 0; left--, at++, code++) {
      entriesByCode[reversedBits(code, length)] = (entries[symbols[at] as number] as number) + length;
    }
  }
  return true;
}

function isCode(counts: Uint16Array): boolean {
  let free = 1;
  for (let length = 1; length <= mostBitsOfCode; length++) {
    free = 2 * free - (counts[length] as number);
    if (free < 0) return false;
  }
  const used = counts.reduce((sum, count) => sum + count, 0);
  return free === 0 || used === 0 || (used === 1 && counts[1] === 1);
}

/** By the length of their codes, of one length by their number. */
function sortSymbols(symbols: Uint16Array, counts: Uint16Array, codeLengths: Uint8Array): void {
  const next = new Uint16Array(mostBitsOfCode + 2);
  for (let length = 1; length <= mostBitsOfCode; length++) {
    next[length + 1] = (next[length] as number) + (counts[length] as number);
  }
  for (let symbol = 0; symbol < codeLengths.length; symbol++) {
    const length = codeLengths[symbol] as number;
    if (length === 0) continue;
    const at = next[length] as number;
    symbols[at] = symbol;
    next[length] = at + 1;
  }
}
