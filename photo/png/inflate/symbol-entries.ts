/*
 * Deflate (RFC 1951) codes literal bytes, lengths and distances as symbols. Here a symbol is an entry: a whole number that
 * says all the decoding loop needs, to which the table adds how many bits its code has.
 *
 *   bits 0–7    bits of the code, or of the codes where there are two literals
 *   bits 8–9    literals in the entry: none, one or two
 *   bits 10–13  extra bits of a length or distance
 *   bits 14–15  of an entry without literals: a length, the end of the block, or a symbol that does not exist; of a code
 *               length whether the last one is repeated, or zero
 *   bits 16–31  the literals, the first in the lower byte; or what the extra bits are added to
 */
export const literalShift = 8;
export const extraShift = 10;
export const kindShift = 14;
export const valueShift = 16;
export const kinds = { length: 1, end: 2, nothing: 3, lastAgain: 1, zeros: 2 } as const;

/** Literals and lengths, or distances: codes of up to so many bits are found by one look. */
export const lengthTableBits = 12;
export const distanceTableBits = 10;
export const mostBitsOfCode = 15;
export const lengthSymbols = 288;
export const distanceSymbols = 32;
/** Lengths of codes are coded as well, 16 of them and three repetitions. */
export const codeLengthTableBits = 7;
export const codeLengthSymbols = 19;
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
/** The 16 lengths, then what is repeated how often at least, and in how many bits how often more: section 3.2.7. */
export const codeLengthEntries = Uint32Array.of(
  ...Array.from({ length: 16 }, (_, length) => (1 << literalShift) | (length << valueShift)),
  (kinds.lastAgain << kindShift) | (2 << extraShift) | (3 << valueShift),
  (kinds.zeros << kindShift) | (3 << extraShift) | (3 << valueShift),
  (kinds.zeros << kindShift) | (7 << extraShift) | (11 << valueShift),
);
/** In which order the lengths of the code of code lengths are given, section 3.2.7. */
export const codeLengthOrder = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15);
/** The codes that every block may use without giving them, section 3.2.6: first of literals and lengths, then of distances. */
export const fixedCodeLengths = Uint8Array.from({ length: lengthSymbols + distanceSymbols }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : symbol < lengthSymbols ? 8 : 5,
);
