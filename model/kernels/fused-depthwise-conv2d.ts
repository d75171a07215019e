import {
  backend_util,
  type FusedDepthwiseConv2DAttrs,
  type FusedDepthwiseConv2DInputs,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { activationRange } from './activation-range.ts';
import { maximumTileWidth } from './depthwise-wat.ts';
import { zeros } from './fused-conv2d.ts';
import type { DepthwiseKernel, KernelMemory } from './kernel-memory.ts';
import { padInput } from './pad-input.ts';

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
  const range = activationRange(attrs.activation);
  if (range === undefined || attrs.dataFormat !== 'NHWC' || x.dtype !== 'float32') return undefined;
  const info = backend_util.computeConv2DInfo(
    (x as Tensor4D).shape,
    (filter as Tensor4D).shape,
    attrs.strides,
    attrs.dilations ?? [1, 1],
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth } = info;
  const isDilated = info.dilationHeight !== 1 || info.dilationWidth !== 1;
  if (isDilated || filter.shape[3] !== 1 || inChannels % 4 !== 0 || info.strideHeight !== info.strideWidth)
    return undefined;
  if (outHeight < 1 || outWidth < 1) return undefined;
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
