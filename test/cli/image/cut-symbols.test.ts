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
