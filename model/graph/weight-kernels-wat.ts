import { advance, until } from '../../wasm/text/control.ts';
import { i16x8, i32, i32x4, v128 } from '../../wasm/text/instructions.ts';
import { kernel } from '../../wasm/text/kernel.ts';
import type { V128 } from '../../wasm/text/value.ts';

const vectorInBytes = 16;

/** An exponent of all ones is infinity or no number: one more of it carries into the sign's bit. */
function findInfinite(name: string, carryOf: (numbers: V128) => V128, signs: V128) {
  return kernel(name, { from: 'i32', end: 'i32' }, ({ from, end }, declare) => {
    const carries = declare('v128', 'carries');
    const step = [carries.set(v128.or(carries, carryOf(v128.load(from)))), advance(from, vectorInBytes)];
    return { body: until('vectors', i32.eq(from, end), step), result: v128.anyTrue(v128.and(carries, signs)) };
  });
}

/** 1 where one of the floats of whole vectors from an address to another, that need not be aligned, is not finite. */
const hasInfiniteFloat = findInfinite(
  'hasInfiniteFloat',
  (numbers) => i32x4.add(v128.and(numbers, i32x4.splat(0x7f80_0000)), i32x4.splat(0x0080_0000)),
  i32x4.splat(-0x8000_0000),
);

/** The same of half floats. */
const hasInfiniteHalf = findInfinite(
  'hasInfiniteHalf',
  (numbers) => i16x8.add(v128.and(numbers, i16x8.splat(0x7c00)), i16x8.splat(0x0400)),
  i16x8.splat(-0x8000),
);

/** What is looked at of every weight while weights.bin is read. */
export const kernels = [hasInfiniteFloat, hasInfiniteHalf];
