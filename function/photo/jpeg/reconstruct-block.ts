import { inverseTransform8 } from './inverse-transform-8.ts';
import { fillBlock, inverseTransform2, inverseTransform4 } from './inverse-transform-small.ts';
import type { BlockSize } from './zigzag.ts';

/**
 * Turns dequantised coefficients into `size` × `size` samples at `offset` and leaves `block` all zero but for its DC.
 * @param hasDetail false where the block holds nothing but its DC
 */
export function reconstructBlock(
  block: Int32Array,
  hasDetail: boolean,
  size: BlockSize,
  samples: Uint8Array,
  offset: number,
  stride: number,
): void {
  if (!hasDetail) fillBlock(block[0] as number, samples, offset, stride, size);
  else if (size === 8) inverseTransform8(block, samples, offset, stride);
  else if (size === 4) inverseTransform4(block, samples, offset, stride);
  else inverseTransform2(block, samples, offset, stride);
}
