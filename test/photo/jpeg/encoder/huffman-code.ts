import type { BitWriter } from './bit-writer.ts';

/** One Huffman table for any symbol, with codes of 4, 8, 9, 12 and 16 bits, so that every length of look-up is met. */
const codesOfLength: Readonly<Record<number, number>> = { 4: 4, 8: 60, 9: 100, 12: 62, 16: 30 };

/** Symbols from frequent to rare would be usual; here any order does, and the first four are the block's end and such. */
const symbols = [0x00, 0x01, 0x02, 0x11, ...Array.from({ length: 256 }, (_, symbol) => symbol)].filter(
  (symbol, position, all) => all.indexOf(symbol) === position,
);

const codes = new Map<number, { code: number; length: number }>();
let next = 0;
let position = 0;
for (let length = 1; length <= 16; length++) {
  for (let count = codesOfLength[length] ?? 0; count > 0; count--) {
    codes.set(symbols[position++] ?? 0, { code: next++, length });
  }
  next <<= 1;
}

export function writeSymbol(bits: BitWriter, symbol: number): void {
  const { code, length } = codes.get(symbol) ?? { code: 0, length: 0 };
  bits.write(code, length);
}

/** A DHT segment's payload; a DC table may only have symbols up to 15. */
export function huffmanPayload(tableClass: 'dc' | 'ac', index: number): number[] {
  const counts = Array.from({ length: 16 }, (_, length) => codesOfLength[length + 1] ?? 0);
  if (tableClass === 'ac') return [0x10 | index, ...counts, ...symbols];
  const dcSymbols = symbols.map((symbol) => (symbol < 16 ? symbol : 0));
  return [index, ...counts, ...dcSymbols];
}

/** The value bits of a coefficient (ITU-T T.81, F.1.2.1.1). */
export function sizeOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

export function writeValue(bits: BitWriter, value: number): void {
  const size = sizeOf(value);
  bits.write(value < 0 ? value + (1 << size) - 1 : value, size);
}
