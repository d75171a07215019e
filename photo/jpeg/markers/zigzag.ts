/** Row × 8 + column of each coefficient in the order in which a JPEG stores them (ITU-T T.81, figure A.6). */
export const naturalOrder = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21],
  ...[28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61],
  ...[54, 47, 55, 62, 63],
);

/** Samples along the side of a decoded block: 8 at full size, fewer where the picture is decoded smaller. */
export type BlockSize = 1 | 2 | 4 | 8;

/** One past the largest block, so that writing there touches none: components of a picture may have blocks of several sizes. */
export const LEFT_OUT = 64;

/** Which coefficients a block of some size is made of. */
export interface Slots {
  /** How many. */
  readonly count: number;
  /** Where the one of each zigzag index goes in the block (row × size + column); `LEFT_OUT` for those of no use. */
  readonly slotOf: Uint8Array;
  /** The last zigzag index with a slot. */
  readonly lastNeeded: number;
}

function slotsFor(size: BlockSize): Slots {
  const slotOf = naturalOrder.map((natural) => {
    const row = natural >> 3;
    const column = natural & 7;
    return row < size && column < size ? row * size + column : LEFT_OUT;
  });
  return { count: size * size, slotOf, lastNeeded: slotOf.findLastIndex((slot) => slot !== LEFT_OUT) };
}

export const slotsBySize: Readonly<Record<BlockSize, Slots>> = {
  1: slotsFor(1),
  2: slotsFor(2),
  4: slotsFor(4),
  8: slotsFor(8),
};
