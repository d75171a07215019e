/** A whole number from 0 below `bound`. */
export type Draw = (bound: number) => number;

type Mutation = (input: Buffer, draw: Draw, other: Buffer) => Buffer;

/** Where formats keep their sizes and counts, the values that break arithmetic. */
const edgeNumbers: readonly number[] = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
];

const mutations: readonly Mutation[] = [
  function replaceBytes(input, draw) {
    const changed = Buffer.from(input);
    for (let count = 1 + draw(6); count > 0; count -= 1) changed[draw(changed.length)] = draw(256);
    return changed;
  },
  function flipBit(input, draw) {
    const changed = Buffer.from(input);
    const at = draw(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << draw(8));
    return changed;
  },
  function writeEdgeNumber(input, draw) {
    const changed = Buffer.from(input);
    const size = ([1, 2, 4] as const)[draw(3)] ?? 1;
    if (changed.length < size) return changed;
    const value = (edgeNumbers[draw(edgeNumbers.length)] ?? 0) % 2 ** (8 * size);
    const at = draw(changed.length - size + 1);
    if (draw(2) === 0) changed.writeUIntBE(value, at, size);
    else changed.writeUIntLE(value, at, size);
    return changed;
  },
  (input, draw) => input.subarray(0, draw(input.length + 1)),
  function removeRange(input, draw) {
    const from = draw(input.length);
    return Buffer.concat([input.subarray(0, from), input.subarray(from + 1 + draw(64))]);
  },
  function repeatRange(input, draw) {
    const from = draw(input.length);
    const range = input.subarray(from, from + 1 + draw(256));
    const times = 1 + draw(draw(8) === 0 ? 500 : 4);
    return Buffer.concat([input.subarray(0, from), ...Array<Buffer>(times).fill(range), input.subarray(from)]);
  },
  function insertNoise(input, draw) {
    const at = draw(input.length);
    const noise = Buffer.from(Array.from({ length: 1 + draw(32) }, () => draw(256)));
    return Buffer.concat([input.subarray(0, at), noise, input.subarray(at)]);
  },
  (input, draw, other) => Buffer.concat([input.subarray(0, draw(input.length)), other.subarray(draw(other.length))]),
];

/** The input after one to four mutations, some of which mix it with `other`. */
export function mutateInput(input: Buffer, other: Buffer, draw: Draw): Buffer {
  let mutated = input;
  for (let count = 1 + draw(4); count > 0 && mutated.length > 0; count -= 1) {
    mutated = (mutations[draw(mutations.length)] as Mutation)(mutated, draw, other);
  }
  return mutated;
}
