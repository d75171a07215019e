import { clampToByte } from './clamp-to-byte.ts';
import type { JpegWorkspace } from './kernel/jpeg-workspace.ts';
import type { BlockSize } from './zigzag.ts';

/** Half of a sample's step, and 128 to bring samples from around 0 to around the middle of a byte, eight times. */
const HALF_STEP = 4 + (128 << 3);

/**
 * Turns the workspace's block of dequantised coefficients into `size` × `size` samples at address `out` and every `stride`
 * from there, and leaves it all zero but for its DC. Every size keeps the mean: DC / 8.
 * @param hasDetail false where the block holds nothing but its DC
 */
export function reconstructBlock(
  { kernels, bytes, block }: JpegWorkspace,
  hasDetail: boolean,
  size: BlockSize,
  out: number,
  stride: number,
): void {
  if (hasDetail) {
    if (size === 8) kernels.transform8(out, stride);
    else if (size === 4) kernels.transform4(out, stride);
    else transform2(block, bytes, out, stride);
    return;
  }
  const value = clampToByte(((block[0] as number) + HALF_STEP) >> 3);
  if (size === 8) kernels.fill8(value, out, stride);
  else fillBlock(value, bytes, out, stride, size);
}

/** The 2 × 2 lowest frequencies of a block, for a quarter of its resolution. */
function transform2(block: Int32Array, samples: Uint8Array, offset: number, stride: number): void {
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

function fillBlock(value: number, samples: Uint8Array, offset: number, stride: number, size: number): void {
  for (let row = 0, at = offset; row < size; row++, at += stride) {
    for (let column = 0; column < size; column++) samples[at + column] = value;
  }
}
