/** A step for each of 64 coefficients, from left to right and top to bottom, for brightness at medium quality (ITU-T T.81, table K.1). */
const brightnessSteps = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
];
/** For colour: 99 where there is none (table K.2). */
const colourSteps = [
  [17, 18, 24, 47],
  [18, 21, 26, 66],
  [24, 26, 56],
  [47, 66],
];
const coarsestColourStep = 99;

/** The steps at a quality from 1 to 100, as the Independent JPEG Group scales them. */
export function stepsOf(kind: 'brightness' | 'colour', quality: number): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Uint8Array.from({ length: 64 }, (_, at) => {
    const [row, column] = [Math.floor(at / 8), at % 8];
    const step = kind === 'brightness' ? brightnessSteps[row]?.[column] : colourSteps[row]?.[column];
    return Math.min(255, Math.max(1, Math.floor(((step ?? coarsestColourStep) * scale + 50) / 100)));
  });
}

/** Codes of a Huffman table by their symbols. */
export interface HuffmanTable {
  /** How many codes there are of 1 to 16 bits. */
  readonly counts: readonly number[];
  /** From the shortest code to the longest. */
  readonly symbols: readonly number[];
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

const frequentSymbols = Buffer.from(
  '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282',
  'hex',
);
const mostRun = 15;
const mostBits = 10;

/** Of the sizes of differences between neighbours (table K.3). */
export const sizeTable = numberCodes(
  [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  Array.from({ length: 12 }, (_, size) => size),
);

/** Of runs of zeros and the size of what comes next (table K.5): the rare ones all have 16 bits. */
export const runTable = numberCodes(
  [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
  [...frequentSymbols, ...rareSymbols()],
);

function rareSymbols(): number[] {
  const symbols: number[] = [];
  for (let run = 0; run <= mostRun; run++) {
    for (let bits = 1; bits <= mostBits; bits++) symbols.push(16 * run + bits);
  }
  return symbols.filter((symbol) => !frequentSymbols.includes(symbol));
}

/** Each code is the one before plus one, with a zero behind it where the codes get longer (T.81, C.2). */
function numberCodes(counts: readonly number[], symbols: readonly number[]): HuffmanTable {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let at = 0;
  for (const [index, count] of counts.entries()) {
    for (const symbol of symbols.slice(at, at + count)) {
      codes[symbol] = code++;
      lengths[symbol] = index + 1;
    }
    at += count;
    code <<= 1;
  }
  return { counts, symbols, codes, lengths };
}
