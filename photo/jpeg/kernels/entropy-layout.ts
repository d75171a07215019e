// Where parts lie in memory that the kernels of entropy decoding read: bytes from the address of the whole.

/** A Huffman code as a file gives it, with its class, and what the kernel lays out of it. */
export const codeLayout = {
  /** The symbol that the next ten bits begin with, in words. */
  lookup: 0,
  /** For each length from 0 to 16, one past its last code, aligned to 16 bits. */
  limits: 4096,
  /** For each length, what to add to a code to find its value. */
  offsets: 4164,
  values: 4232,
  counts: 4488,
  /** A word: 1 for AC, 0 for DC. */
  isAc: 4504,
  size: 4512,
} as const;

/** What a component's blocks are decoded with in one scan; words but for `slots`. */
export const coderLayout = {
  /** Addresses of its codes, and of the skips of the second. */
  dc: 0,
  ac: 4,
  skips: 8,
  lastNeeded: 12,
  largestDc: 16,
  /** DC of the block before. */
  prediction: 20,
  stride: 24,
  blockSize: 28,
  /** For each coefficient in zigzag order, a byte. */
  slots: 32,
  /** Steps of quantisation in zigzag order. */
  steps: 96,
  size: 352,
} as const;

/** A block of a minimum coded unit: whose it is, where its samples go, and how far from those of the last unit; in words. */
export const unitBlockLayout = { coder: 0, out: 4, step: 8, size: 12 } as const;

/** What a component's blocks are decoded with in one scan of a progressive picture; words but for the last two. */
export const progressiveCoderLayout = {
  /** Address of its code; 0 for a scan that refines DC. */
  code: 0,
  /** Addresses of the coefficients of the next block, of 16 bits each, and of its history. */
  block: 4,
  history: 8,
  blockInBytes: 12,
  spectralStart: 16,
  spectralEnd: 20,
  approximationLow: 24,
  /** Blocks to come that hold no new coefficient in this scan. */
  endOfBandRun: 28,
  /** DC of the block before. */
  prediction: 32,
  largestDc: 36,
  /** A bit for each zigzag index, two words: those that are kept. */
  kept: 40,
  /** Address of the groups of its code, where a scan refines AC. */
  groups: 48,
  /** For each coefficient in zigzag order, a byte. */
  slots: 52,
  size: 116,
} as const;

/** What the kernels answer where a block is damaged. */
export const blockDamage = {
  unknownCode: -1,
  tooManyCoefficients: -2,
  impossibleMean: -3,
  beyondBand: -4,
  wideRefinement: -5,
} as const;

/** Width of the window looked up at once. A code and its value bits together fit in it for all but rare coefficients. */
export const LOOKUP_BITS = 10;
export const LOOKUP_SHIFT = 32 - LOOKUP_BITS;

/**
 * A decoded symbol is one number, so that a block's loop does one look-up for a coefficient: bits 0 to 5 how many bits
 * code and value took, which is as much of it as a shift of 64 bits looks at, 6 to 12 the run of zeros before it, 16 to 31
 * the value, signed.
 */
export const LENGTH_MASK = 63;
export const RUN_SHIFT = 6;
export const RUN_MASK = 127;
export const VALUE_SHIFT = 16;

/** The run of a symbol that ends the block; a progressive scan's EOBn is this plus n. Beyond any run of a value. */
export const END_OF_BLOCK = 96;

/** A zero run of 16 is a value of 0 behind a run of 15: it moves the index on by 16 like any other. */
export const ZERO_RUN_SYMBOL = 0xf0;

/** For coefficients whose values no one needs: as many whole symbols at once as so many bits hold. */
export const SKIP_BITS = 13;
export const SKIP_SHIFT = 32 - SKIP_BITS;

/** A group is bits 0 to 3: how many bits it took; from 4 on: how many coefficients, plus 256 where it ends the block. */
export const SKIP_LENGTH_MASK = 15;
export const SKIP_ADVANCE_SHIFT = 4;
export const SKIP_BLOCK_END = 256;
export const skipsInBytes = 2 << SKIP_BITS;

/** For a scan that refines AC: as many whole symbols at once as so many bits hold. */
export const GROUP_BITS = 11;
export const groupsInBytes = 8 << GROUP_BITS;

/**
 * A group is two words. Bits 0 to 5 of the first are how many bits the symbols took, 0 where there is none, and 6 to 29 a bit
 * for each coefficient, counted from the one that comes next, that they make other than zero; bits 0 to 23 of the second are
 * the negative ones among these, and 24 to 31 how many coefficients they are, plus 128 where they end the block.
 */
export const GROUP_FOUND_SHIFT = 6;
export const GROUP_COEFFICIENTS = 24;
export const GROUP_BLOCK_END = 128;
