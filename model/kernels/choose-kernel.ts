import type { ModelKernels } from './model-kernels.ts';
import { maximumTileRows } from './pointwise-wat.ts';

/** Six rows a tile, or five where that leaves fewer rows to a tile too short to hide the multiply-add's latency. */
export function tileRows(rows: number): number {
  const rest = (size: number) => (rows % size === 0 ? 0 : Math.max(4, rows % size) - (rows % size));
  return rest(maximumTileRows - 1) < rest(maximumTileRows) ? maximumTileRows - 1 : maximumTileRows;
}

/** The kernel for a depthwise convolution of this kernel width and stride in both directions, where there is one. */
export function depthwiseKernelName(
  width: number,
  stride: number,
): Extract<keyof ModelKernels, `depthwise${string}`> | undefined {
  if (width === 3) return stride === 1 ? 'depthwise3s1' : stride === 2 ? 'depthwise3s2' : undefined;
  if (width === 5) return stride === 1 ? 'depthwise5s1' : stride === 2 ? 'depthwise5s2' : undefined;
  return undefined;
}
