import { i8x16, i16x8, i32, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import type { Declare } from '../../../wasm/text/kernel.ts';
import type { I32, I64, Statement, V128, Whole } from '../../../wasm/text/value.ts';
import { slotsBySize } from '../markers/zigzag.ts';

/** Of a block of 4 × 4. */
export const sixteenInBytes = 16 * Int16Array.BYTES_PER_ELEMENT;
const vectorInBytes = 16;
const bitOfEach = v128.const('i8x16', [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128]);
/** The zigzag index of each slot, all of them below 32. */
const indexOfSlot = Array.from({ length: 16 }, (_, slot) => slotsBySize[4].slotOf.indexOf(slot));
const ones = i16x8.splat(1);

/** A byte for each slot of a block of 4 × 4: all its bits set where the one of its zigzag index is. */
function bySlot(mask: I64): V128 {
  const sixteenFrom = (byte: number): V128 => {
    const twoBytes = [...Array<number>(8).fill(byte), ...Array<number>(8).fill(byte + 1)];
    const replicated = i8x16.shuffle(i32x4.splat(i32.wrapI64(mask)), v128.zero, twoBytes);
    return i8x16.eq(v128.and(replicated, bitOfEach), bitOfEach);
  };
  return i8x16.shuffle(sixteenFrom(0), sixteenFrom(2), indexOfSlot);
}

/**
 * Makes the zeros of a block of 4 × 4 whose zigzag index `found` has a bit for 1, or -1 where `negative` has it too, times 2 to
 * the `low`; all at once, since no processor foresees how many a block has.
 */
export function placeSixteen(block: I32, found: I64, negative: I64, low: Whole, declare: Declare): Statement {
  const founds = declare('v128', 'founds');
  const negatives = declare('v128', 'negatives');
  const place = (extend: (bytes: V128) => V128, offset: number): Statement => {
    const values = v128.or(extend(negatives), v128.and(extend(founds), ones));
    return v128.store(block, v128.or(v128.load(block, offset), i16x8.shl(values, low)), offset);
  };
  return [
    founds.set(bySlot(found)),
    negatives.set(bySlot(negative)),
    place(i16x8.extendLowI8x16S, 0),
    place(i16x8.extendHighI8x16S, vectorInBytes),
  ];
}
