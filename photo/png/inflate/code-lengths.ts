import { corruptPhoto } from '../../photo-error.ts';
import type { BitSource } from './bit-source.ts';
import { reversedBits } from './reversed-bits.ts';
import { distanceSymbols, endOfBlock, lengthSymbols } from './symbol-entries.ts';

/** How many bits the code of each symbol of a block has. */
export interface CodeLengths {
  readonly lengths: Uint8Array;
  readonly distances: Uint8Array;
}

/** RFC 1951, section 3.2.6. */
export const fixedCodeLengths: CodeLengths = {
  lengths: Uint8Array.from({ length: lengthSymbols }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  ),
  distances: new Uint8Array(distanceSymbols).fill(5),
};

/** The order in which the code of code lengths is given: section 3.2.7. */
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const mostBits = 7;
const mostLengths = 286;
const mostDistances = 30;
/** What the symbols behind the 16 lengths repeat: how often at least, and in how many bits how often more. */
const repeats = [
  { least: 3, bits: 2, isLast: true },
  { least: 3, bits: 3, isLast: false },
  { least: 11, bits: 7, isLast: false },
];

/**
 * Reads the header of a block with codes of its own (RFC 1951, section 3.2.7), all of which must lie in memory.
 * @throws PhotoError `corrupt` for one that is not well-formed
 */
export function readCodeLengths(source: BitSource): CodeLengths {
  const lengthCount = source.bits(5) + 257;
  const distanceCount = source.bits(5) + 1;
  const orderCount = source.bits(4) + 4;
  if (lengthCount > mostLengths || distanceCount > mostDistances) throw damaged();
  const own = new Uint8Array(order.length);
  for (let i = 0; i < orderCount; i++) own[order[i] as number] = source.bits(3);
  const table = byCode(own);
  const all = new Uint8Array(lengthCount + distanceCount);
  for (let at = 0; at < all.length; ) {
    const entry = table[source.peek() & (table.length - 1)] as number;
    if (entry === 0) throw damaged();
    source.bitAt += entry & 0xf;
    const symbol = entry >> 4;
    const repeat = repeats[symbol - 16];
    if (repeat === undefined) {
      all[at++] = symbol;
      continue;
    }
    const count = repeat.least + source.bits(repeat.bits);
    if (at + count > all.length || (repeat.isLast && at === 0)) throw damaged();
    all.fill(repeat.isLast ? (all[at - 1] as number) : 0, at, at + count);
    at += count;
  }
  if (all[endOfBlock] === 0) throw damaged();
  const lengths = new Uint8Array(lengthSymbols);
  lengths.set(all.subarray(0, lengthCount));
  const distances = new Uint8Array(distanceSymbols);
  distances.set(all.subarray(lengthCount));
  return { lengths, distances };
}

/** The symbol, times 16, and the bits of its code, by the next seven bits; zero where they are no code. */
function byCode(codeLengths: Uint8Array): Uint16Array {
  const table = new Uint16Array(2 ** mostBits);
  let code = 0;
  for (let length = 1; length <= mostBits; length++, code <<= 1) {
    for (let symbol = 0; symbol < codeLengths.length; symbol++) {
      if (codeLengths[symbol] !== length) continue;
      if (code >> length > 0) throw damaged();
      const entry = (symbol << 4) | length;
      for (let at = reversedBits(code, length); at < table.length; at += 1 << length) table[at] = entry;
      code++;
    }
  }
  if (code !== 2 * table.length) throw damaged();
  return table;
}

export function damaged(): Error {
  return corruptPhoto('The PNG has damage in its compressed picture.');
}
