import { corruptPhoto } from '../../photo-error.ts';
import type { ByteReader } from '../markers/byte-reader.ts';
import { type HuffmanClass, type HuffmanCode, readHuffmanCode } from './huffman-code.ts';
import { standardHuffmanCodes } from './standard-huffman-codes.ts';

/** Made when first asked for: a file may define many tables that no scan uses. */
type Late<Table> = () => Table;

/** The tables in force at some place of the file; a later segment may replace any of them. */
export class DecodingTables {
  #quantisation: (Late<Int32Array> | undefined)[] = [];
  #huffman: Readonly<Record<HuffmanClass, (HuffmanCode | undefined)[]>> = { dc: [], ac: [] };

  /** What is in force now, whatever segments come later. */
  snapshot(): DecodingTables {
    const copy = new DecodingTables();
    copy.#quantisation = [...this.#quantisation];
    copy.#huffman = { dc: [...this.#huffman.dc], ac: [...this.#huffman.ac] };
    return copy;
  }

  /** DQT: ITU-T T.81, B.2.4.1. How many tables there were. */
  readQuantisation(reader: ByteReader): number {
    let count = 0;
    for (; reader.remaining > 0; count++) {
      const byte = reader.uint8();
      if (byte >> 4 > 1 || (byte & 15) > 3) throw corruptPhoto('The JPEG has a quantisation table of no known kind.');
      const isWide = byte >> 4 !== 0;
      const stored = reader.take(isWide ? 128 : 64);
      this.#quantisation[byte & 15] = once(() => quantisationTable(stored, isWide));
    }
    return count;
  }

  /** DHT: ITU-T T.81, B.2.4.2. How many tables there were. */
  readHuffman(reader: ByteReader): number {
    let count = 0;
    for (; reader.remaining > 0; count++) {
      const byte = reader.uint8();
      if (byte >> 4 > 1 || (byte & 15) > 3) throw corruptPhoto('The JPEG has a Huffman table of no known kind.');
      const tableClass = byte >> 4 === 0 ? 'dc' : 'ac';
      this.#huffman[tableClass][byte & 15] = readHuffmanCode(tableClass, reader);
    }
    return count;
  }

  /** Steps of quantisation in zigzag order. */
  quantisation(index: number): Int32Array {
    const table = this.#quantisation[index];
    if (table === undefined) throw corruptPhoto(`The JPEG uses quantisation table ${index} without defining it.`);
    return table();
  }

  /** A frame of Motion JPEG leaves all its Huffman tables out and means the ones of the standard's annex K. */
  huffman(tableClass: HuffmanClass, index: number): HuffmanCode {
    const hasOwnTables = this.#huffman.dc.length > 0 || this.#huffman.ac.length > 0;
    const code = (hasOwnTables ? this.#huffman : standardHuffmanCodes)[tableClass][index];
    if (code === undefined) throw corruptPhoto(`The JPEG uses Huffman table ${index} without defining it.`);
    return code;
  }
}

function quantisationTable(stored: Uint8Array, isWide: boolean): Int32Array {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const table = Int32Array.from({ length: 64 }, (_, index) =>
    isWide ? view.getUint16(2 * index) : (stored[index] as number),
  );
  if (table.includes(0)) throw corruptPhoto('The JPEG has a quantisation table with a zero in it.');
  return table;
}

function once<Table>(make: () => Table): Late<Table> {
  let made: Table | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
