import { distanceSymbols, endOfBlock, lengthSymbols } from './symbol-entries.ts';

/*
 * The formulas of the kernels, unoptimised: what tests compare them with. Deflate bit by bit, as RFC 1951 describes it.
 */

const firstLengths = [
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31],
  ...[35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258],
];
const extraOfLengths = [
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
  ...[3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
];
const firstDistances = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769],
  ...[1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577],
];
const extraOfDistances = [
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6],
  ...[7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
];
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

type Bits = (count: number) => number;
type Code = ReadonlyMap<string, number>;

/** Everything that a well-formed deflate stream, without zlib's frame, holds. */
export function plainInflate(compressed: Uint8Array): Uint8Array {
  let bitAt = 0;
  const bits: Bits = (count) => {
    let value = 0;
    for (let i = 0; i < count; i++, bitAt++)
      value += (((compressed[bitAt >> 3] as number) >> (bitAt & 7)) & 1) * 2 ** i;
    return value;
  };
  const out: number[] = [];
  for (let isLast = false; !isLast; ) {
    isLast = bits(1) === 1;
    const kind = bits(2);
    if (kind === 0) {
      bitAt = Math.ceil(bitAt / 8) * 8;
      const length = bits(16);
      bits(16);
      for (let i = 0; i < length; i++) out.push(bits(8));
    } else {
      const [lengths, distances] = kind === 1 ? fixedCodes() : readCodes(bits);
      readSymbols(bits, lengths, distances, out);
    }
  }
  return Uint8Array.from(out);
}

function readSymbols(bits: Bits, lengths: Code, distances: Code, out: number[]): void {
  for (let symbol = next(bits, lengths); symbol !== endOfBlock; symbol = next(bits, lengths)) {
    if (symbol < endOfBlock) {
      out.push(symbol);
      continue;
    }
    const at = symbol - endOfBlock - 1;
    const length = (firstLengths[at] as number) + bits(extraOfLengths[at] as number);
    const far = next(bits, distances);
    const distance = (firstDistances[far] as number) + bits(extraOfDistances[far] as number);
    for (let i = 0; i < length; i++) out.push(out[out.length - distance] as number);
  }
}

function next(bits: Bits, code: Code): number {
  for (let read = ''; read.length <= 15; ) {
    read += bits(1);
    const symbol = code.get(read);
    if (symbol !== undefined) return symbol;
  }
  throw new RangeError('no symbol has this code');
}

/** Codes of one length are numbers that follow each other, those of shorter ones before them. */
function codeOf(lengths: readonly number[]): Code {
  const code = new Map<string, number>();
  let value = 0;
  for (let length = 1; length <= 15; length++, value *= 2) {
    lengths.forEach((own, symbol) => {
      if (own === length) code.set((value++).toString(2).padStart(length, '0'), symbol);
    });
  }
  return code;
}

function fixedCodes(): readonly [lengths: Code, distances: Code] {
  const lengths = Array.from({ length: lengthSymbols }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return [codeOf(lengths), codeOf(Array(distanceSymbols).fill(5))];
}

function readCodes(bits: Bits): readonly [lengths: Code, distances: Code] {
  const [lengthCount, distanceCount, orderCount] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
  const own: number[] = Array(orderOfLengths.length).fill(0);
  for (const symbol of orderOfLengths.slice(0, orderCount)) own[symbol] = bits(3);
  const code = codeOf(own);
  const all: number[] = [];
  while (all.length < lengthCount + distanceCount) {
    const symbol = next(bits, code);
    if (symbol < 16) all.push(symbol);
    else if (symbol === 16) all.push(...Array(bits(2) + 3).fill(all.at(-1)));
    else all.push(...Array(symbol === 17 ? bits(3) + 3 : bits(7) + 11).fill(0));
  }
  return [codeOf(all.slice(0, lengthCount)), codeOf(all.slice(lengthCount))];
}
