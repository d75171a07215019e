import type { Random } from './random.ts';

type Mutation = (bytes: Buffer, random: Random, others: readonly Uint8Array[]) => Buffer;

/** Lengths and counts at whose edges parsers err. */
const telling16 = [0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 255, 256, 0x7fff, 0x8000, 0xfffe, 0xffff];
const telling32 = [...telling16, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const mutations: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return bytes;
  },
  function setByte(bytes, random) {
    bytes[random.below(bytes.length)] = random.pick([0, 1, 0x7f, 0x80, 0xfe, 0xff, random.below(256)]);
    return bytes;
  },
  function set16Bits(bytes, random) {
    if (bytes.length < 2) return bytes;
    const at = random.below(bytes.length - 1);
    const value = random.pick(telling16);
    if (random.below(2) === 0) bytes.writeUInt16BE(value, at);
    else bytes.writeUInt16LE(value, at);
    return bytes;
  },
  function set32Bits(bytes, random) {
    if (bytes.length < 4) return bytes;
    const at = random.below(bytes.length - 3);
    const value = random.pick(telling32);
    if (random.below(2) === 0) bytes.writeUInt32BE(value, at);
    else bytes.writeUInt32LE(value, at);
    return bytes;
  },
  function remove(bytes, random) {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(32))]);
  },
  function cut(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  function insert(bytes, random) {
    const at = random.below(bytes.length);
    const inserted = Buffer.from(Array.from({ length: 1 + random.below(16) }, () => random.below(256)));
    return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
  },
  function repeat(bytes, random) {
    const start = random.below(bytes.length);
    const part = bytes.subarray(start, start + 1 + random.below(256));
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  },
  function splice(bytes, random, others) {
    const other = random.pick(others);
    return Buffer.concat([bytes.subarray(0, random.below(bytes.length)), other.subarray(random.below(other.length))]);
  },
];

/** One of the seeds with one to eight mutations. */
export function mutate(seeds: readonly Uint8Array[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(random.pick(seeds));
  for (let left = 1 + random.below(8); left > 0 && bytes.length > 0; left -= 1) {
    bytes = random.pick(mutations)(bytes, random, seeds);
  }
  return bytes;
}
