import type {
  FusedConv2DAttrs,
  FusedConv2DInputs,
  FusedDepthwiseConv2DAttrs,
  FusedDepthwiseConv2DInputs,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import { maximumTileWidth } from './depthwise-wat.ts';
import { zeros } from './fused-conv2d.ts';
import type { DepthwiseKernel, KernelMemory } from './kernel-memory.ts';
import { padInput } from './pad-input.ts';
import { readConvolution } from './read-convolution.ts';

function kernelFor(memory: KernelMemory, width: number, stride: number): DepthwiseKernel | undefined {
  const { kernels } = memory;
  if (width === 3) return stride === 1 ? kernels.depthwise3s1 : stride === 2 ? kernels.depthwise3s2 : undefined;
  if (width === 5) return stride === 1 ? kernels.depthwise5s1 : stride === 2 ? kernels.depthwise5s2 : undefined;
  return undefined;
}

/**
 * The depthwise convolution into `makeOutput`'s tensor, or undefined where it is one of those left to the stock kernel: an
 * activation that is no clamp, dilation, a channel multiplier, kernel widths but 3 and 5, strides but 1 and 2, or channels
 * that are no multiple of four.
 */
export function fusedDepthwiseConv2d(
  memory: KernelMemory,
  inputs: FusedDepthwiseConv2DInputs,
  attrs: FusedDepthwiseConv2DAttrs,
  makeOutput: (shape: number[]) => TensorInfo,
): TensorInfo | undefined {
  const { x, filter, bias } = inputs;
  // The two operations' attributes differ in the types alone.
  const convolution = readConvolution(inputs as FusedConv2DInputs, attrs as FusedConv2DAttrs, true);
  if (convolution === undefined) return undefined;
  const { info, range } = convolution;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth } = info;
  if (filter.shape[3] !== 1 || inChannels % 4 !== 0 || info.strideHeight !== info.strideWidth) return undefined;
  const kernel = kernelFor(memory, filterWidth, info.strideWidth);
  if (kernel === undefined) return undefined;

  const out = makeOutput(info.outShape);
  const { top, bottom, left, right } = info.padInfo;
  const biasAddress = bias === undefined || bias === null ? zeros(memory, inChannels) : memory.addressOf(bias);
  const tileWidth = Math.ceil(outWidth / Math.ceil(outWidth / maximumTileWidth));
  for (let image = 0; image < info.batchSize; image++) {
    const source = memory.addressOf(x) + image * inHeight * inWidth * inChannels * 4;
    kernel(
      padInput(memory, source, [inHeight, inWidth, inChannels], { top, bottom, left, right }),
      (left + inWidth + right) * inChannels * 4,
      memory.addressOf(filter),
      biasAddress,
      memory.addressOf(out) + image * outHeight * outWidth * inChannels * 4,
      outHeight,
      outWidth,
      inChannels * 4,
      filterHeight,
      tileWidth,
      ...range,
    );
  }
  return out;
}
