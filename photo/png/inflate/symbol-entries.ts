/*
 * Deflate (RFC 1951) codes literal bytes, lengths and distances as symbols. Here a symbol is an entry: a whole number that
 * says all the decoding loop needs, to which the table adds how many bits its code has.
 *
 *   bits 0–7    bits of the code, or of the codes where there are two literals
 *   bits 8–9    literals in the entry: none, one or two
 *   bits 10–13  extra bits of a length or distance
 *   bits 14–15  of an entry without literals: a length, the end of the block, or a symbol that does not exist
 *   bits 16–31  the literals, the first in the lower byte; or what the extra bits are added to
 */
export const literalShift = 8;
export const extraShift = 10;
export const kindShift = 14;
export const valueShift = 16;
export const kinds = { length: 1, end: 2, nothing: 3 } as const;

/** Literals and lengths, or distances: codes of up to so many bits are found by one look. */
export const lengthTableBits = 12;
export const distanceTableBits = 10;
export const mostBitsOfCode = 15;
export const lengthSymbols = 288;
export const distanceSymbols = 32;
export const endOfBlock = 256;

const nothing = kinds.nothing << kindShift;

/** RFC 1951, section 3.2.5: bases and extra bits of the lengths 257 to 285. */
function lengthEntry(symbol: number): number {
  if (symbol < endOfBlock) return (1 << literalShift) | (symbol << valueShift);
  if (symbol === endOfBlock) return kinds.end << kindShift;
  const index = symbol - endOfBlock - 1;
  const kind = kinds.length << kindShift;
  if (index < 8) return kind | ((index + 3) << valueShift);
  if (index > 28) return nothing;
  if (index === 28) return kind | (258 << valueShift);
  const extra = (index >> 2) - 1;
  return kind | (extra << extraShift) | ((((4 + (index & 3)) << extra) + 3) << valueShift);
}

/** The same section: bases and extra bits of the distances 0 to 29. */
function distanceEntry(symbol: number): number {
  if (symbol > 29) return nothing;
  if (symbol < 4) return (symbol + 1) << valueShift;
  const extra = (symbol >> 1) - 1;
  return ((extra << extraShift) | ((((2 + (symbol & 1)) << extra) + 1) << valueShift)) >>> 0;
}

export const lengthEntries = Uint32Array.from({ length: lengthSymbols }, (_, symbol) => lengthEntry(symbol));
export const distanceEntries = Uint32Array.from({ length: distanceSymbols }, (_, symbol) => distanceEntry(symbol));
