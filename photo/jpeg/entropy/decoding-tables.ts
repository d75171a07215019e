import type { ByteReader } from '../markers/byte-reader.ts';
import { corrupt } from '../markers/jpeg-error.ts';
import type { HuffmanClass, HuffmanCode } from './huffman-table.ts';
import { HuffmanTable, readHuffmanCode } from './huffman-table.ts';
import { standardHuffmanCodes } from './standard-huffman-codes.ts';

/** The tables in force at some place of the file; a later segment may replace any of them. */
export class DecodingTables {
  readonly #quantisation: (Int32Array | undefined)[] = [];
  readonly #huffman: Record<HuffmanClass, (HuffmanCode | undefined)[]> = { dc: [], ac: [] };
  /** Laid out for decoding when first asked for: not every scan is decoded. */
  readonly #built: Record<HuffmanClass, (HuffmanTable | undefined)[]> = { dc: [], ac: [] };
  #hasOwnHuffmanTables = false;

  /** DQT: ITU-T T.81, B.2.4.1. */
  readQuantisation(reader: ByteReader): void {
    while (reader.remaining > 0) {
      const byte = reader.uint8();
      const isWide = byte >> 4 !== 0;
      if (byte >> 4 > 1 || (byte & 15) > 3) throw corrupt('The JPEG has a quantisation table of no known kind.');
      const table = Int32Array.from({ length: 64 }, () => (isWide ? reader.uint16() : reader.uint8()));
      if (table.includes(0)) throw corrupt('The JPEG has a quantisation table with a zero in it.');
      this.#quantisation[byte & 15] = table;
    }
  }

  /** DHT: ITU-T T.81, B.2.4.2. */
  readHuffman(reader: ByteReader): void {
    this.#hasOwnHuffmanTables = true;
    while (reader.remaining > 0) {
      const byte = reader.uint8();
      if (byte >> 4 > 1 || (byte & 15) > 3) throw corrupt('The JPEG has a Huffman table of no known kind.');
      const tableClass = byte >> 4 === 0 ? 'dc' : 'ac';
      this.#huffman[tableClass][byte & 15] = readHuffmanCode(tableClass, reader);
      this.#built[tableClass][byte & 15] = undefined;
    }
  }

  /** Steps of quantisation in zigzag order. */
  quantisation(index: number): Int32Array {
    const table = this.#quantisation[index];
    if (table === undefined) throw corrupt(`The JPEG uses quantisation table ${index} without defining it.`);
    return table;
  }

  /** A frame of Motion JPEG leaves all its Huffman tables out and means the ones of the standard's annex K. */
  huffman(tableClass: HuffmanClass, index: number): HuffmanTable {
    const codes = this.#hasOwnHuffmanTables ? this.#huffman : standardHuffmanCodes;
    const code = codes[tableClass][index];
    if (code === undefined) throw corrupt(`The JPEG uses Huffman table ${index} without defining it.`);
    this.#built[tableClass][index] ??= new HuffmanTable(tableClass, code);
    return this.#built[tableClass][index];
  }
}
