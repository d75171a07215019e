import { clampToByte } from './clamp-to-byte.ts';

/**
 * Inverse transforms of the low-frequency corner of a block into fewer samples: a block of 8 × 8 as it would look with
 * half or a quarter of the resolution. Like the transform at full size they keep the mean: DC / 8.
 */
const CONSTANT_BITS = 13;
const FIX_0_541196100 = 4433;
const FIX_0_765366865 = 6270;
const FIX_1_847759065 = 15137;
/** A column's results keep all bits of the constants; rows then shift both passes' bits and the division by 8 away. */
const COLUMN_SHIFT = 11;
const ROW_SHIFT = 2 * CONSTANT_BITS - COLUMN_SHIFT + 3;
const ROW_ROUNDING = (1 << (ROW_SHIFT - 1)) + (128 << ROW_SHIFT);

const workspace = new Int32Array(16);
const multiply = Math.imul;

/** @param block the 4 × 4 lowest coefficients, dequantised, row by row; set to zero on the way */
export function inverseTransform4(block: Int32Array, samples: Uint8Array, offset: number, stride: number): void {
  for (let column = 0; column < 4; column++) {
    const c0 = block[column] as number;
    const c1 = block[column + 4] as number;
    const c2 = block[column + 8] as number;
    const c3 = block[column + 12] as number;
    block[column] = 0;
    block[column + 4] = 0;
    block[column + 8] = 0;
    block[column + 12] = 0;
    const even0 = (c0 + c2) << CONSTANT_BITS;
    const even1 = (c0 - c2) << CONSTANT_BITS;
    const z = multiply(c1 + c3, FIX_0_541196100);
    const odd0 = z + multiply(c1, FIX_0_765366865);
    const odd1 = z - multiply(c3, FIX_1_847759065);
    workspace[column] = (even0 + odd0) >> COLUMN_SHIFT;
    workspace[column + 4] = (even1 + odd1) >> COLUMN_SHIFT;
    workspace[column + 8] = (even1 - odd1) >> COLUMN_SHIFT;
    workspace[column + 12] = (even0 - odd0) >> COLUMN_SHIFT;
  }
  for (let row = 0, at = offset; row < 16; row += 4, at += stride) {
    const c0 = workspace[row] as number;
    const c1 = workspace[row + 1] as number;
    const c2 = workspace[row + 2] as number;
    const c3 = workspace[row + 3] as number;
    const even0 = ((c0 + c2) << CONSTANT_BITS) + ROW_ROUNDING;
    const even1 = ((c0 - c2) << CONSTANT_BITS) + ROW_ROUNDING;
    const z = multiply(c1 + c3, FIX_0_541196100);
    const odd0 = z + multiply(c1, FIX_0_765366865);
    const odd1 = z - multiply(c3, FIX_1_847759065);
    samples[at] = clampToByte((even0 + odd0) >> ROW_SHIFT);
    samples[at + 1] = clampToByte((even1 + odd1) >> ROW_SHIFT);
    samples[at + 2] = clampToByte((even1 - odd1) >> ROW_SHIFT);
    samples[at + 3] = clampToByte((even0 - odd0) >> ROW_SHIFT);
  }
}

const HALF_STEP = 4 + (128 << 3);

/** @param block the 2 × 2 lowest coefficients, dequantised, row by row; set to zero on the way */
export function inverseTransform2(block: Int32Array, samples: Uint8Array, offset: number, stride: number): void {
  const mean = (block[0] as number) + HALF_STEP;
  const horizontal = block[1] as number;
  const vertical = block[2] as number;
  const diagonal = block[3] as number;
  block[1] = 0;
  block[2] = 0;
  block[3] = 0;
  samples[offset] = clampToByte((mean + vertical + horizontal + diagonal) >> 3);
  samples[offset + 1] = clampToByte((mean + vertical - horizontal - diagonal) >> 3);
  samples[offset + stride] = clampToByte((mean - vertical + horizontal - diagonal) >> 3);
  samples[offset + stride + 1] = clampToByte((mean - vertical - horizontal + diagonal) >> 3);
}

/** A block without anything but its mean, of any size. */
export function fillBlock(dc: number, samples: Uint8Array, offset: number, stride: number, size: number): void {
  const value = clampToByte((dc + HALF_STEP) >> 3);
  for (let row = 0, at = offset; row < size; row++, at += stride) {
    for (let column = 0; column < size; column++) samples[at + column] = value;
  }
}
