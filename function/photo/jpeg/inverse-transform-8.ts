import { clampToByte } from './clamp-to-byte.ts';

/**
 * Inverse discrete cosine transform of 8 × 8 coefficients in whole numbers, by the algorithm of Loeffler, Ligtenberg and
 * Moschytz (ICASSP 1989, "Practical fast 1-D DCT algorithms with 11 multiplications"), columns before rows. Scaling and
 * rounding are those of libjpeg's accurate transform, so that a full-size decode gives the very samples that Pillow and
 * TensorFlow see: constants of 13 bits, two more kept between the passes.
 */
const CONSTANT_BITS = 13;
const PASS_BITS = 2;
const COLUMN_SHIFT = CONSTANT_BITS - PASS_BITS;
const COLUMN_ROUNDING = 1 << (COLUMN_SHIFT - 1);
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

const workspace = new Int32Array(64);
const multiply = Math.imul;

/**
 * @param block 64 dequantised coefficients, row by row; set to zero on the way
 * @param samples where the 8 × 8 samples go, at `offset` and every `stride` from there
 */
export function inverseTransform8(block: Int32Array, samples: Uint8Array, offset: number, stride: number): void {
  for (let column = 0; column < 8; column++) {
    const c0 = block[column] as number;
    const c1 = block[column + 8] as number;
    const c2 = block[column + 16] as number;
    const c3 = block[column + 24] as number;
    const c4 = block[column + 32] as number;
    const c5 = block[column + 40] as number;
    const c6 = block[column + 48] as number;
    const c7 = block[column + 56] as number;
    if ((c1 | c2 | c3 | c4 | c5 | c6 | c7) === 0) {
      const flat = c0 << PASS_BITS;
      workspace[column] = flat;
      workspace[column + 8] = flat;
      workspace[column + 16] = flat;
      workspace[column + 24] = flat;
      workspace[column + 32] = flat;
      workspace[column + 40] = flat;
      workspace[column + 48] = flat;
      workspace[column + 56] = flat;
      continue;
    }
    const e1 = multiply(c2 + c6, FIX_0_541196100);
    const e2 = e1 - multiply(c6, FIX_1_847759065);
    const e3 = e1 + multiply(c2, FIX_0_765366865);
    const sum = ((c0 + c4) << CONSTANT_BITS) + COLUMN_ROUNDING;
    const difference = ((c0 - c4) << CONSTANT_BITS) + COLUMN_ROUNDING;
    const even0 = sum + e3;
    const even3 = sum - e3;
    const even1 = difference + e2;
    const even2 = difference - e2;

    const z5 = multiply(c7 + c3 + c5 + c1, FIX_1_175875602);
    const z1 = multiply(c7 + c1, -FIX_0_899976223);
    const z2 = multiply(c5 + c3, -FIX_2_562915447);
    const z3 = multiply(c7 + c3, -FIX_1_961570560) + z5;
    const z4 = multiply(c5 + c1, -FIX_0_390180644) + z5;
    const odd0 = multiply(c7, FIX_0_298631336) + z1 + z3;
    const odd1 = multiply(c5, FIX_2_053119869) + z2 + z4;
    const odd2 = multiply(c3, FIX_3_072711026) + z2 + z3;
    const odd3 = multiply(c1, FIX_1_501321110) + z1 + z4;

    workspace[column] = (even0 + odd3) >> COLUMN_SHIFT;
    workspace[column + 56] = (even0 - odd3) >> COLUMN_SHIFT;
    workspace[column + 8] = (even1 + odd2) >> COLUMN_SHIFT;
    workspace[column + 48] = (even1 - odd2) >> COLUMN_SHIFT;
    workspace[column + 16] = (even2 + odd1) >> COLUMN_SHIFT;
    workspace[column + 40] = (even2 - odd1) >> COLUMN_SHIFT;
    workspace[column + 24] = (even3 + odd0) >> COLUMN_SHIFT;
    workspace[column + 32] = (even3 - odd0) >> COLUMN_SHIFT;
  }
  block.fill(0);
  for (let row = 0, at = offset; row < 64; row += 8, at += stride) {
    const c0 = workspace[row] as number;
    const c1 = workspace[row + 1] as number;
    const c2 = workspace[row + 2] as number;
    const c3 = workspace[row + 3] as number;
    const c4 = workspace[row + 4] as number;
    const c5 = workspace[row + 5] as number;
    const c6 = workspace[row + 6] as number;
    const c7 = workspace[row + 7] as number;
    const e1 = multiply(c2 + c6, FIX_0_541196100);
    const e2 = e1 - multiply(c6, FIX_1_847759065);
    const e3 = e1 + multiply(c2, FIX_0_765366865);
    const sum = ((c0 + c4) << CONSTANT_BITS) + ROW_ROUNDING;
    const difference = ((c0 - c4) << CONSTANT_BITS) + ROW_ROUNDING;
    const even0 = sum + e3;
    const even3 = sum - e3;
    const even1 = difference + e2;
    const even2 = difference - e2;

    const z5 = multiply(c7 + c3 + c5 + c1, FIX_1_175875602);
    const z1 = multiply(c7 + c1, -FIX_0_899976223);
    const z2 = multiply(c5 + c3, -FIX_2_562915447);
    const z3 = multiply(c7 + c3, -FIX_1_961570560) + z5;
    const z4 = multiply(c5 + c1, -FIX_0_390180644) + z5;
    const odd0 = multiply(c7, FIX_0_298631336) + z1 + z3;
    const odd1 = multiply(c5, FIX_2_053119869) + z2 + z4;
    const odd2 = multiply(c3, FIX_3_072711026) + z2 + z3;
    const odd3 = multiply(c1, FIX_1_501321110) + z1 + z4;

    samples[at] = clampToByte((even0 + odd3) >> ROW_SHIFT);
    samples[at + 7] = clampToByte((even0 - odd3) >> ROW_SHIFT);
    samples[at + 1] = clampToByte((even1 + odd2) >> ROW_SHIFT);
    samples[at + 6] = clampToByte((even1 - odd2) >> ROW_SHIFT);
    samples[at + 2] = clampToByte((even2 + odd1) >> ROW_SHIFT);
    samples[at + 5] = clampToByte((even2 - odd1) >> ROW_SHIFT);
    samples[at + 3] = clampToByte((even3 + odd0) >> ROW_SHIFT);
    samples[at + 4] = clampToByte((even3 - odd0) >> ROW_SHIFT);
  }
}
