import { describe, expect, it } from 'vitest';
import { EntropyWindow } from '../../../../photo/jpeg/entropy/entropy-window.ts';
import { type HuffmanClass, readHuffmanCode } from '../../../../photo/jpeg/entropy/huffman-code.ts';
import {
  END_OF_BLOCK,
  LENGTH_MASK,
  RUN_MASK,
  RUN_SHIFT,
  VALUE_SHIFT,
} from '../../../../photo/jpeg/kernels/entropy-layout.ts';
import { bitsAt } from '../../../../photo/jpeg/kernels/plain-bits.ts';
import { HuffmanTable } from '../../../../photo/jpeg/kernels/plain-huffman-table.ts';
import { ByteReader } from '../../../../photo/jpeg/markers/byte-reader.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

/** Codes of each length from 1 to 16 bits, and what they stand for, in their order. */
function codeOf(tableClass: HuffmanClass, counts: readonly number[], values: readonly number[]) {
  return {
    tableClass,
    counts: Uint8Array.from({ length: 16 }, (_, at) => counts[at] ?? 0),
    values: Uint8Array.from(values),
  };
}

/** 32 bits that begin with these. */
const bitsOf = (text: string) => Number.parseInt(text.replaceAll(' ', '').padEnd(32, '0'), 2) | 0;

function show(symbol: number): string {
  const run = (symbol >> RUN_SHIFT) & RUN_MASK;
  const what = run >= END_OF_BLOCK ? `end ${run - END_OF_BLOCK}` : `${symbol >> VALUE_SHIFT} after ${run}`;
  return `${what}, ${symbol & LENGTH_MASK} bits`;
}

describe('a table of AC coefficients', () => {
  // A code of each length: 0, 10, 110 and so on.
  const values = [0x01, 0x12, 0x00, 0xf0, 0xe0, 0x23, 0x1a, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x31, 0x41];
  const table = new HuffmanTable(codeOf('ac', Array(16).fill(1), values));
  const ones = (count: number) => '1'.repeat(count);

  it.each([
    ['0 1', '1 after 0, 2 bits'],
    ['0 0', '-1 after 0, 2 bits'],
    ['10 11', '3 after 1, 4 bits'],
    ['10 10', '2 after 1, 4 bits'],
    ['10 01', '-2 after 1, 4 bits'],
    ['10 00', '-3 after 1, 4 bits'],
    ['110', 'end 0, 3 bits'],
    ['1110', '0 after 15, 4 bits'],
    ['11110', 'end 14, 5 bits'],
    ['111110 100', '4 after 2, 9 bits'],
    ['111110 011', '-4 after 2, 9 bits'],
    ['1111110 1000000000', '512 after 1, 17 bits'],
    ['1111110 0000000000', '-1023 after 1, 17 bits'],
    [`${ones(14)}0 1`, '1 after 3, 16 bits'],
    [`${ones(15)}0 0`, '-1 after 4, 17 bits'],
  ])('reads %s as %s', (bits, symbol) => {
    expect(show(table.symbolIn(bitsOf(bits)))).toBe(symbol);
  });

  it('knows no code of sixteen ones, and its look-up holds what fits into ten bits alone', async () => {
    expect(table.symbolIn(-1)).toBe(0);
    expect((await photoErrorOf(() => table.longSymbol(-1))).message).toContain('none of its tables knows');
    expect(table.lookup[0b1111_1010_00]).not.toBe(0);
    expect(table.lookup[0b1111_1101_00]).toBe(0);
  });

  it.each([0, 1, 3, 5, 7])('reads a long symbol that begins at bit %i of a byte, of five bytes where it must', (at) => {
    const bits = `${'0'.repeat(at)}${ones(13)}0 1000000000 0000000000`.replaceAll(' ', '').slice(0, 40).padEnd(40, '0');
    const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
    const stuffed = [...bytes].flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]));
    const window = new EntropyWindow(Uint8Array.from(stuffed), 0, 1);

    expect(show(table.longSymbol(bitsAt(window, at)))).toBe('512 after 0, 24 bits');
  });
});

it('a table of DC coefficients has no runs, and 0 is a difference', () => {
  const table = new HuffmanTable(codeOf('dc', [0, 3], [0, 1, 15]));

  expect(['00', '01 1', '01 0', '10 100000000000000'].map((bits) => show(table.symbolIn(bitsOf(bits))))).toEqual([
    '0 after 0, 2 bits',
    '1 after 0, 3 bits',
    '-1 after 0, 3 bits',
    '16384 after 0, 17 bits',
  ]);
});

describe('readHuffmanCode', () => {
  const read = (tableClass: 'dc' | 'ac', counts: readonly number[], values: readonly number[]) => {
    const file = Uint8Array.from([...Array.from({ length: 16 }, (_, at) => counts[at] ?? 0), ...values]);
    return readHuffmanCode(tableClass, new ByteReader(file, 0, file.length, 'Huffman tables'));
  };
  const messageOf = async (...parts: Parameters<typeof read>) => (await photoErrorOf(() => read(...parts))).message;

  it('takes all codes that there can be of a length, and not one more', async () => {
    expect(read('ac', [2], [1, 2]).values).toHaveLength(2);
    expect(read('ac', [1, 2], [1, 2, 3]).values).toHaveLength(3);
    expect(await messageOf('ac', [2, 1], [1, 2, 3])).toContain('more codes than its lengths allow');
    expect(await messageOf('ac', [1, 2, ...Array(13).fill(0), 1], [1, 2, 3, 4])).toContain('more codes than');
  });

  it('takes 256 codes, and not one more', async () => {
    const values = Array.from({ length: 257 }, (_, at) => at % 256);

    expect(read('ac', [0, 0, 0, 0, 0, 0, 0, 0, 128, 128], values.slice(1)).values).toHaveLength(256);
    expect(await messageOf('ac', [0, 0, 0, 0, 0, 0, 0, 0, 129, 128], values)).toContain('more than 256 codes');
  });

  it('takes differences of 15 bits, and coefficients of any', async () => {
    expect(read('dc', [1], [15]).values).toEqual(Uint8Array.of(15));
    expect(read('ac', [1], [16]).values).toEqual(Uint8Array.of(16));
    expect(await messageOf('dc', [2], [1, 16])).toContain('more than 15 bits');
  });

  it('needs a value for each code', async () => {
    expect(await messageOf('dc', [2], [1])).toContain('shorter than its own fields need');
  });
});
