import { corruptPhoto } from '../../photo-error.ts';
import type { ByteReader } from '../markers/byte-reader.ts';

export type HuffmanClass = 'dc' | 'ac';

/** A Huffman table as a file gives it: how many codes there are of 1 to 16 bits, and what they stand for in turn. */
export interface HuffmanCode {
  readonly tableClass: HuffmanClass;
  readonly counts: Uint8Array;
  readonly values: Uint8Array;
}

/** Reads one table of a DHT segment (ITU-T T.81, B.2.4.2) behind its class byte. */
export function readHuffmanCode(tableClass: HuffmanClass, reader: ByteReader): HuffmanCode {
  const counts = reader.take(16);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = counts.reduce((sum, count, index) => sum + (count << (15 - index)), 0);
  if (share > 1 << 16) throw corruptPhoto('The JPEG has a Huffman table with more codes than its lengths allow.');
  if (total > 256) throw corruptPhoto('The JPEG has a Huffman table of more than 256 codes.');
  const values = reader.take(total);
  if (tableClass === 'dc' && values.some((value) => value > 15)) {
    throw corruptPhoto('The JPEG has a Huffman table whose codes stand for more than 15 bits.');
  }
  return { tableClass, counts, values };
}
