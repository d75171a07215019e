import { i8x16, i32x4 } from '../../../wasm/text/instructions.ts';
import type { Declare } from '../../../wasm/text/kernel.ts';
import type { Local, Statement, V128 } from '../../../wasm/text/value.ts';

/**
 * Inverse discrete cosine transforms in whole numbers, which keep the mean: DC / 8. That of 8 × 8 is the algorithm of
 * Loeffler, Ligtenberg and Moschytz (ICASSP 1989, "Practical fast 1-D DCT algorithms with 11 multiplications"), columns
 * before rows, with the scaling and rounding of libjpeg's accurate transform, so that a full-size decode gives the very
 * samples that Pillow and TensorFlow see: constants of 13 bits, two more kept between the passes. Four columns, or rows, lie
 * side by side in a vector.
 */
const CONSTANT_BITS = 13;
const PASS_BITS = 2;
const COLUMN_SHIFT = CONSTANT_BITS - PASS_BITS;
/** Rows then shift both passes' bits and a division by 8 away. */
const ROW_SHIFT = CONSTANT_BITS + PASS_BITS + 3;
/** Half a step, and 128 to bring samples from around 0 to around the middle of a byte. */
const ROW_ROUNDING = (1 << (ROW_SHIFT - 1)) + (128 << ROW_SHIFT);

const FIX_0_298631336 = 2446;
const FIX_0_390180644 = 3196;
const FIX_0_541196100 = 4433;
const FIX_0_765366865 = 6270;
const FIX_0_899976223 = 7373;
const FIX_1_175875602 = 9633;
const FIX_1_501321110 = 12299;
const FIX_1_847759065 = 15137;
const FIX_1_961570560 = 16069;
const FIX_2_053119869 = 16819;
const FIX_2_562915447 = 20995;
const FIX_3_072711026 = 25172;

export type Vectors = readonly Local<'v128'>[];

export interface Pass {
  readonly rounding: number;
  readonly shift: number;
}

export const columnPass: Pass = { rounding: 1 << (COLUMN_SHIFT - 1), shift: COLUMN_SHIFT };
export const rowPass: Pass = { rounding: ROW_ROUNDING, shift: ROW_SHIFT };

const { add, sub } = i32x4;
const times = (a: V128, constant: number) => i32x4.mul(a, i32x4.splat(constant));
const scale = (a: V128, rounding: number) => add(i32x4.shl(a, CONSTANT_BITS), i32x4.splat(rounding));

/** Makes eight results of eight coefficients. The names of the intermediate sums are those of the algorithm's figure. */
export function transformEight(coefficients: Vectors, results: Vectors, declare: Declare): (pass: Pass) => Statement {
  const [c0, c1, c2, c3, c4, c5, c6, c7] = coefficients as Eight;
  const [z1, z2, z3, z4, z5] = ['z1', 'z2', 'z3', 'z4', 'z5'].map((name) => declare('v128', name)) as unknown as Eight;
  const even = [0, 1, 2, 3].map((index) => declare('v128', `even${index}`)) as unknown as Four;
  const odd = [0, 1, 2, 3].map((index) => declare('v128', `odd${index}`)) as unknown as Four;
  return ({ rounding, shift }) => [
    z1.set(times(add(c2, c6), FIX_0_541196100)),
    z2.set(sub(z1, times(c6, FIX_1_847759065))),
    z3.set(add(z1, times(c2, FIX_0_765366865))),
    z1.set(scale(add(c0, c4), rounding)),
    z4.set(scale(sub(c0, c4), rounding)),
    even[0].set(add(z1, z3)),
    even[3].set(sub(z1, z3)),
    even[1].set(add(z4, z2)),
    even[2].set(sub(z4, z2)),

    z3.set(add(c7, c3)),
    z4.set(add(c5, c1)),
    z5.set(times(add(z3, z4), FIX_1_175875602)),
    z1.set(times(add(c7, c1), -FIX_0_899976223)),
    z2.set(times(add(c5, c3), -FIX_2_562915447)),
    z3.set(add(times(z3, -FIX_1_961570560), z5)),
    z4.set(add(times(z4, -FIX_0_390180644), z5)),
    odd[0].set(add(times(c7, FIX_0_298631336), add(z1, z3))),
    odd[1].set(add(times(c5, FIX_2_053119869), add(z2, z4))),
    odd[2].set(add(times(c3, FIX_3_072711026), add(z2, z3))),
    odd[3].set(add(times(c1, FIX_1_501321110), add(z1, z4))),

    even.map((half, index) => {
      const other = odd[3 - index] as V128;
      return [
        (results[index] as Local<'v128'>).set(i32x4.shrS(add(half, other), shift)),
        (results[7 - index] as Local<'v128'>).set(i32x4.shrS(sub(half, other), shift)),
      ];
    }),
  ];
}

/** The same for four; only the lowest frequencies of a block, for half of its resolution. */
export function transformFour(coefficients: Vectors, results: Vectors, declare: Declare): (pass: Pass) => Statement {
  const [c0, c1, c2, c3] = coefficients as unknown as Four;
  const [r0, r1, r2, r3] = results as unknown as Four;
  const z = declare('v128', 'z');
  const [even0, even1] = [declare('v128', 'even0'), declare('v128', 'even1')];
  const [odd0, odd1] = [declare('v128', 'odd0'), declare('v128', 'odd1')];
  return ({ rounding, shift }) => [
    even0.set(scale(add(c0, c2), rounding)),
    even1.set(scale(sub(c0, c2), rounding)),
    z.set(times(add(c1, c3), FIX_0_541196100)),
    odd0.set(add(z, times(c1, FIX_0_765366865))),
    odd1.set(sub(z, times(c3, FIX_1_847759065))),
    r0.set(i32x4.shrS(add(even0, odd0), shift)),
    r1.set(i32x4.shrS(add(even1, odd1), shift)),
    r2.set(i32x4.shrS(sub(even1, odd1), shift)),
    r3.set(i32x4.shrS(sub(even0, odd0), shift)),
  ];
}

/** Turns rows and columns of four vectors over. */
export function transposeFour(declare: Declare): (vectors: Vectors) => Statement {
  const names = ['lowOfFirst', 'lowOfLast', 'highOfFirst', 'highOfLast'];
  const [lowOfFirst, lowOfLast, highOfFirst, highOfLast] = names.map((name) =>
    declare('v128', name),
  ) as unknown as Four;
  const bytes = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  const words = (from: number) => [
    ...bytes(from, 4),
    ...bytes(16 + from, 4),
    ...bytes(from + 4, 4),
    ...bytes(20 + from, 4),
  ];
  const halves = (from: number) => [...bytes(from, 8), ...bytes(16 + from, 8)];
  return (vectors) => {
    const [a, b, c, d] = vectors as unknown as Four;
    return [
      lowOfFirst.set(i8x16.shuffle(a, b, words(0))),
      lowOfLast.set(i8x16.shuffle(c, d, words(0))),
      highOfFirst.set(i8x16.shuffle(a, b, words(8))),
      highOfLast.set(i8x16.shuffle(c, d, words(8))),
      a.set(i8x16.shuffle(lowOfFirst, lowOfLast, halves(0))),
      b.set(i8x16.shuffle(lowOfFirst, lowOfLast, halves(8))),
      c.set(i8x16.shuffle(highOfFirst, highOfLast, halves(0))),
      d.set(i8x16.shuffle(highOfFirst, highOfLast, halves(8))),
    ];
  };
}

type One = Local<'v128'>;
type Four = readonly [One, One, One, One];
type Eight = readonly [One, One, One, One, One, One, One, One];
