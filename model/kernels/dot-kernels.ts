import { advance, countDown, doWhile } from '../../wasm/text/control.ts';
import { f64, f64x2, i8x16, i16x8, i32x4, v128 } from '../../wasm/text/instructions.ts';
import { kernel } from '../../wasm/text/kernel.ts';
import type { I32, V128 } from '../../wasm/text/value.ts';

const numbersAtOnce = 4;
const floatInBytes = 4;

const twoFloats = (address: I32, offset: number) => f64x2.promoteLowF32x4(v128.load64Zero(address, offset));

/** Four signed bytes, the lower and the upper two of them as numbers of double precision. */
function fourBytes(wide: V128): readonly [low: V128, high: V128] {
  const upper = i8x16.shuffle(wide, wide, [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
  return [f64x2.convertLowI32x4S(wide), f64x2.convertLowI32x4S(upper)];
}

/** Σ a[i] · b[i] of floats. */
const dotFloats = kernel('dotFloats', { a: 'i32', b: 'i32', count: 'i32' }, ({ a, b, count }, declare) => {
  const low = declare('v128', 'low');
  const high = declare('v128', 'high');
  const body = doWhile(
    'fours',
    [
      low.set(f64x2.add(low, f64x2.mul(twoFloats(a, 0), twoFloats(b, 0)))),
      high.set(f64x2.add(high, f64x2.mul(twoFloats(a, 8), twoFloats(b, 8)))),
      advance(a, numbersAtOnce * floatInBytes),
      advance(b, numbersAtOnce * floatInBytes),
    ],
    countDown(count, numbersAtOnce),
  );
  return { body, result: total(f64x2.add(low, high)) };
});

/** Σ a[i] · b[i] of floats and signed bytes. */
const dotBytes = kernel(
  'dotBytes',
  { floats: 'i32', bytes: 'i32', count: 'i32' },
  ({ floats, bytes, count }, declare) => {
    const low = declare('v128', 'low');
    const high = declare('v128', 'high');
    const wide = declare('v128', 'wide');
    const [lowBytes, highBytes] = fourBytes(wide);
    const body = doWhile(
      'fours',
      [
        wide.set(i32x4.extendLowI16x8S(i16x8.extendLowI8x16S(v128.load32Zero(bytes)))),
        low.set(f64x2.add(low, f64x2.mul(twoFloats(floats, 0), lowBytes))),
        high.set(f64x2.add(high, f64x2.mul(twoFloats(floats, 8), highBytes))),
        advance(floats, numbersAtOnce * floatInBytes),
        advance(bytes, numbersAtOnce),
      ],
      countDown(count, numbersAtOnce),
    );
    return { body, result: total(f64x2.add(low, high)) };
  },
);

function total(sums: V128) {
  return f64.add(f64x2.extractLane(sums, 0), f64x2.extractLane(sums, 1));
}

/**
 * `dotFloats` and `dotBytes`: the sum of the products of two vectors, in double precision. `count` is a multiple of four and
 * at least that; addresses are in bytes.
 */
export const dotKernels = [dotFloats, dotBytes];
