import { backend_util, type FusedConv2DAttrs, type FusedConv2DInputs, type Tensor4D } from '@tensorflow/tfjs-core';
import { activationRange } from '../kernels/activation-range.ts';

export interface Convolution {
  readonly info: backend_util.Conv2DInfo;
  /** What the result is clamped to, which is all of its activation. */
  readonly range: readonly [low: number, high: number];
}

/**
 * The sizes of a convolution that the kernels can compute; undefined for one with dilation, an activation that is no clamp,
 * another layout than [batch, height, width, channels], or nothing to compute.
 */
export function readConvolution(
  { x, filter }: FusedConv2DInputs,
  { activation, dataFormat, strides, dilations, pad, dimRoundingMode }: FusedConv2DAttrs,
  isDepthwise: boolean,
): Convolution | undefined {
  const range = activationRange(activation);
  if (range === undefined || dataFormat !== 'NHWC' || x.dtype !== 'float32') return undefined;
  const info = backend_util.computeConv2DInfo(
    (x as Tensor4D).shape,
    (filter as Tensor4D).shape,
    strides,
    dilations ?? [1, 1],
    pad,
    dimRoundingMode,
    isDepthwise,
  );
  const isDilated = info.dilationHeight !== 1 || info.dilationWidth !== 1;
  return isDilated || info.outHeight < 1 || info.outWidth < 1 ? undefined : { info, range };
}
