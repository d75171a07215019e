import {
  codeLengthSymbols,
  codeLengthTableBits,
  distanceSymbols,
  distanceTableBits,
  lengthSymbols,
  lengthTableBits,
  mostBitsOfCode,
} from './symbol-entries.ts';

/** How a call of the kernel ended. Zero: it needs more input, or more room for output. */
export const outcomes = { goOn: 0, blockEnded: 1, damaged: 2 } as const;

/** Where the tables of one alphabet lie in the kernels' memory. */
export interface SymbolTable {
  /** Of codes that one look finds. */
  readonly bits: number;
  /** 2^bits entries by the bits that come next; zero where a code is longer or none. */
  readonly entriesByCode: number;
  /** 16-bit numbers: how many codes there are of 0, 1, … 15 bits. */
  readonly counts: number;
  /** 16-bit numbers: the symbols in the order of their codes. */
  readonly symbols: number;
  /** The entry of each symbol, without the bits of its code. */
  readonly entries: number;
}

const alignment = 16;
let end = 0;

function place(sizeInBytes: number): number {
  const at = end;
  end += Math.ceil(sizeInBytes / alignment) * alignment;
  return at;
}

function placeTable(bits: number, symbols: number): SymbolTable {
  return {
    bits,
    entriesByCode: place(4 * 2 ** bits),
    counts: place(2 * (mostBitsOfCode + 1)),
    symbols: place(2 * symbols),
    entries: place(4 * symbols),
  };
}

/** Bits of the input that are used up, then the address behind the output. */
export const stateAt = place(8);
export const lengths = placeTable(lengthTableBits, lengthSymbols);
export const distances = placeTable(distanceTableBits, distanceSymbols);
export const codeOfLengths = placeTable(codeLengthTableBits, codeLengthSymbols);
/** How many bits the code of each literal or length has, a byte each, then each distance's. */
export const codeLengths = place(lengthSymbols + distanceSymbols);
/** The same of the code in which those are given, and the order in which that is. */
export const ownCodeLengths = place(codeLengthSymbols);
export const codeLengthOrderAt = place(codeLengthSymbols);
/** 16-bit numbers: where the next symbol with a code of 0, 1, … 15 bits goes while they are sorted. */
export const nextPlaces = place(2 * (mostBitsOfCode + 1));
/** Input lies here, then output. */
export const tablesEnd = place(0);
