import { describe, expect, it } from 'vitest';
import { DecodingTables } from '../../../../photo/jpeg/entropy/decoding-tables.ts';
import { ByteReader } from '../../../../photo/jpeg/markers/byte-reader.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

const readerOf = (bytes: readonly number[]) => new ByteReader(Uint8Array.from(bytes), 0, bytes.length, 'tables');
const narrow = (kind: number, step = 7) => [kind, ...Array<number>(64).fill(step)];
const wide = (kind: number) => [kind, ...Array.from({ length: 64 }, () => [1, 2]).flat()];
/** One code of one bit, which stands for `value`. */
const huffman = (kind: number, value = 3) => [kind, 1, ...Array<number>(15).fill(0), value];
const messageOf = async (work: () => unknown) => (await photoErrorOf(work)).message;

describe('quantisation tables', () => {
  it('are bytes or pairs of them, several in a segment, and counted', () => {
    const tables = new DecodingTables();

    expect(tables.readQuantisation(readerOf([...narrow(0x00), ...wide(0x13)]))).toBe(2);
    expect([...tables.quantisation(0)]).toEqual(Array(64).fill(7));
    expect([...tables.quantisation(3)]).toEqual(Array(64).fill(258));
  });

  it.each([0x04, 0x14, 0x20])('are of no known kind where their byte is %i', async (kind) => {
    const tables = new DecodingTables();

    expect(await messageOf(() => tables.readQuantisation(readerOf(narrow(kind))))).toContain('of no known kind');
  });

  it('are refused with a zero in them when they are used, and when they are missing', async () => {
    const tables = new DecodingTables();
    tables.readQuantisation(readerOf(narrow(0x01, 0)));

    expect(await messageOf(() => tables.quantisation(1))).toContain('a zero in it');
    expect(await messageOf(() => tables.quantisation(0))).toContain('quantisation table 0 without defining it');
    expect(await messageOf(() => tables.readQuantisation(readerOf(narrow(0).slice(0, 64))))).toContain('shorter than');
  });
});

describe('Huffman tables', () => {
  it('are of two classes and four numbers, and counted', () => {
    const tables = new DecodingTables();

    expect(tables.readHuffman(readerOf([...huffman(0x03), ...huffman(0x13, 0x21)]))).toBe(2);
    expect([...tables.huffman('dc', 3).values]).toEqual([3]);
    expect(tables.huffman('ac', 3)).not.toBe(tables.huffman('dc', 3));
    expect(tables.huffman('ac', 3)).toBe(tables.huffman('ac', 3));
  });

  it.each([0x04, 0x14, 0x20])('are of no known kind where their byte is %i', async (kind) => {
    expect(await messageOf(() => new DecodingTables().readHuffman(readerOf(huffman(kind))))).toContain('no known kind');
  });

  it.each([
    ['dc', 0x10],
    ['ac', 0x00],
  ] as const)("are the standard's only where there is none of either class: %s", async (tableClass, other) => {
    const tables = new DecodingTables();
    expect(tables.huffman(tableClass, 1)).toBeDefined();

    tables.readHuffman(readerOf(huffman(other)));

    expect(await messageOf(() => tables.huffman(tableClass, 1))).toContain('Huffman table 1 without defining it');
  });
});

it('a snapshot has the tables of its time', () => {
  const tables = new DecodingTables();
  tables.readQuantisation(readerOf(narrow(0, 1)));
  tables.readHuffman(readerOf([...huffman(0x00), ...huffman(0x10)]));
  const before = tables.snapshot();
  const [dc, ac] = [before.huffman('dc', 0), before.huffman('ac', 0)];

  tables.readQuantisation(readerOf(narrow(0, 2)));
  tables.readHuffman(readerOf([...huffman(0x00), ...huffman(0x10)]));

  expect([before.quantisation(0)[0], tables.quantisation(0)[0]]).toEqual([1, 2]);
  expect([before.huffman('dc', 0), before.huffman('ac', 0)]).toEqual([dc, ac]);
  expect(tables.huffman('dc', 0)).not.toBe(dc);
});
