import type {
  FusedConv2DAttrs,
  FusedConv2DInputs,
  FusedDepthwiseConv2DAttrs,
  FusedDepthwiseConv2DInputs,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import { depthwiseKernelName } from '../kernels/depthwise-kernel-name.ts';
import { chooseTileWidth } from '../kernels/depthwise-sizes.ts';
import { zeros } from './fused-conv2d.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { padInput } from './pad-input.ts';
import { readConvolution } from './read-convolution.ts';

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
  const kernelName = depthwiseKernelName(filterWidth, info.strideWidth);
  if (kernelName === undefined) return undefined;

  const out = makeOutput(info.outShape);
  const { top, bottom, left, right } = info.padInfo;
  const biasAddress = bias === undefined || bias === null ? zeros(memory, inChannels) : memory.addressOf(bias);
  const tileWidth = chooseTileWidth(outWidth);
  for (let image = 0; image < info.batchSize; image++) {
    const source = memory.addressOf(x) + image * inHeight * inWidth * inChannels * 4;
    memory.kernels[kernelName](
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
