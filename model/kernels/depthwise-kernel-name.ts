import type { ModelKernels } from './model-kernels.ts';

/** The kernel for a depthwise convolution of this kernel width and stride in both directions, where there is one. */
export function depthwiseKernelName(
  width: number,
  stride: number,
): Extract<keyof ModelKernels, `depthwise${string}`> | undefined {
  if (width === 3) return stride === 1 ? 'depthwise3s1' : stride === 2 ? 'depthwise3s2' : undefined;
  if (width === 5) return stride === 1 ? 'depthwise5s1' : stride === 2 ? 'depthwise5s2' : undefined;
  return undefined;
}
