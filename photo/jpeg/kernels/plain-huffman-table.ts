import { corruptPhoto } from '../../photo-error.ts';
import type { HuffmanClass, HuffmanCode } from '../entropy/huffman-code.ts';
import {
  END_OF_BLOCK,
  LENGTH_MASK,
  LOOKUP_BITS,
  LOOKUP_SHIFT,
  RUN_SHIFT,
  VALUE_SHIFT,
  ZERO_RUN_SYMBOL,
} from './entropy-layout.ts';

/** One Huffman table of a DHT segment (ITU-T T.81, annex C and F.2.2.3), laid out for decoding. */
export class HuffmanTable {
  /** The symbol that the next ten bits begin with, or 0 where it takes more than ten: then ask `longSymbol`. */
  readonly lookup = new Int32Array(1 << LOOKUP_BITS);
  readonly #class: HuffmanClass;
  readonly #values: Uint8Array;
  /** For each length, one past its last code, aligned to 16 bits; and what to add to a code to find its value. */
  readonly #limits = new Int32Array(18);
  readonly #offsets = new Int32Array(18);

  constructor({ tableClass, counts, values }: HuffmanCode) {
    this.#class = tableClass;
    this.#values = values;
    let code = 0;
    let index = 0;
    for (let length = 1; length <= 16; length++) {
      const count = counts[length - 1] as number;
      this.#offsets[length] = index - code;
      code += count;
      index += count;
      this.#limits[length] = code << (16 - length);
      if (length <= LOOKUP_BITS) this.#fillLookup(length, code - count, code);
      code <<= 1;
    }
  }

  /** Enters every beginning of ten bits that the codes from `first` to before `end` stand at. */
  #fillLookup(length: number, first: number, end: number): void {
    const spread = LOOKUP_BITS - length;
    for (let bits = first << spread; bits < end << spread; bits++) {
      const symbol = this.#symbol(length, bits << LOOKUP_SHIFT);
      if ((symbol & LENGTH_MASK) <= LOOKUP_BITS) this.lookup[bits] = symbol;
    }
  }

  /** The symbol that these 32 bits begin with, which one must. */
  longSymbol(bits: number): number {
    const symbol = this.symbolIn(bits);
    if (symbol === 0) throw corruptPhoto('The JPEG has a code in its picture that none of its tables knows.');
    return symbol;
  }

  /** The symbol that these 32 bits begin with, or 0 where no code does. */
  symbolIn(bits: number): number {
    const short = this.lookup[bits >>> LOOKUP_SHIFT] as number;
    if (short !== 0) return short;
    const first16 = bits >>> 16;
    let length = 1;
    while (length <= 16 && first16 >= (this.#limits[length] as number)) length += 1;
    return length > 16 ? 0 : this.#symbol(length, bits);
  }

  #symbol(length: number, bits: number): number {
    const symbol = this.#values[(bits >>> (32 - length)) + (this.#offsets[length] as number)] as number;
    const size = symbol & 15;
    if (this.#class === 'ac' && size === 0 && symbol !== ZERO_RUN_SYMBOL) {
      return ((END_OF_BLOCK + (symbol >> 4)) << RUN_SHIFT) | length;
    }
    const run = this.#class === 'ac' ? symbol >> 4 : 0;
    const value = size === 0 ? 0 : extend((bits << length) >>> (32 - size), size);
    return (value << VALUE_SHIFT) | (run << RUN_SHIFT) | (length + size);
  }
}

/** ITU-T T.81, F.2.2.1: value bits that begin with 0 mean a negative number. */
function extend(bits: number, size: number): number {
  return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}
