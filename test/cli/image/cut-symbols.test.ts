import { expect, it } from 'vitest';
import { cutSymbols } from '../../../cli/image/cut-symbols.ts';
import { foreignNodeImage, symbolsSizeInBytes } from '../../helpers/foreign-node-image.ts';

const { files, loader } = foreignNodeImage();
const program = files['usr/local/bin/node'] as Uint8Array;

it('cuts a program behind its last loadable segment, says so in its header, and finds its loader', () => {
  const cut = cutSymbols(program);

  expect(cut.loader).toBe(loader);
  expect(cut.bytes.length).toBe(program.length - symbolsSizeInBytes);
  expect(Buffer.from(cut.bytes).readBigUInt64LE(40)).toBe(0n);
});

it.each([
  ['a script', Buffer.from('#!/bin/sh\n'.repeat(20))],
  ['a program of 32 bits', Buffer.from(program).fill(1, 4, 5)],
  ['a program that is cut off', program.subarray(0, 200)],
  ['a program whose table of segments lies outside', Buffer.from(program).fill(0xff, 32, 38)],
])('refuses %s', (_what, bytes) => {
  expect(() => cutSymbols(bytes)).toThrow('no whole 64-bit program');
});

/** A program of one segment each of these kinds, a header of 64 bytes and entries of 56. */
function programOf(
  segments: readonly (readonly [type: number, start: number, size: number])[],
  length: number,
): Buffer {
  const elf = Buffer.alloc(length);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  elf.writeBigUInt64LE(64n, 32);
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(segments.length, 56);
  for (const [index, [type, start, size]] of segments.entries()) {
    elf.writeUInt32LE(type, 64 + 56 * index);
    elf.writeBigUInt64LE(BigInt(start), 64 + 56 * index + 8);
    elf.writeBigUInt64LE(BigInt(size), 64 + 56 * index + 32);
  }
  elf.write('/lib/ld\0', 64 + 56 * segments.length, 'latin1');
  return elf;
}

const table = 64 + 2 * 56;

it.each([
  [
    'that ends with its loader',
    programOf(
      [
        [3, table, 8],
        [1, 0, table],
      ],
      table + 8,
    ),
    table,
  ],
  [
    'whose segments are out of order',
    programOf(
      [
        [3, table, 8],
        [1, 0, table + 4],
      ],
      table + 20,
    ),
    table + 4,
  ],
  [
    'of no loadable segment',
    programOf(
      [
        [3, table, 8],
        [2, 0, 4],
      ],
      table + 8,
    ),
    0,
  ],
])('takes a program %s', (_, elf, length) => {
  const cut = cutSymbols(elf);

  expect([cut.bytes.length, cut.loader]).toEqual([length, 'lib/ld']);
});

it.each([
  ['a header that is cut off', programOf([[3, table, 8]], table + 8).subarray(0, 63)],
  [
    'a segment that ends one byte outside',
    programOf(
      [
        [3, table, 8],
        [1, 0, table + 9],
      ],
      table + 8,
    ),
  ],
  ['no loader', programOf([[1, 0, 64]], table + 8)],
  [
    'entries that are too small',
    programOf(
      [
        [3, table, 8],
        [1, 0, 64],
      ],
      table + 8,
    ).fill(55, 54, 55),
  ],
  [
    'numbers the other way around',
    programOf(
      [
        [3, table, 8],
        [1, 0, 64],
      ],
      table + 8,
    ).fill(2, 5, 6),
  ],
])('refuses a program with %s', (_, elf) => {
  expect(() => cutSymbols(elf)).toThrow('no whole 64-bit program');
});

it('takes nothing but a header as far as that is whole', () => {
  expect(() => cutSymbols(programOf([], 80).subarray(0, 64))).toThrow('no whole 64-bit program');
});
