import type { FusedConv2DAttrs, FusedConv2DInputs, TensorInfo } from '@tensorflow/tfjs-core';
import { packPanels } from '../kernels/pack-panels.ts';
import { tileRows } from '../kernels/tile-rows.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { padInput } from './pad-input.ts';
import { readConvolution } from './read-convolution.ts';

/** Patches gathered at once: enough rows for full tiles, few enough to stay in the second-level cache. */
const gatheredLengthInFloats = 65_536;

/**
 * The convolution into `makeOutput`'s tensor, or undefined where it is one of those left to the stock kernel: an activation
 * that is no clamp, dilation, groups, or output channels that are no multiple of four.
 */
export function fusedConv2d(
  memory: KernelMemory,
  inputs: FusedConv2DInputs,
  attrs: FusedConv2DAttrs,
  makeOutput: (shape: number[]) => TensorInfo,
): TensorInfo | undefined {
  const { x, filter, bias } = inputs;
  const convolution = readConvolution(inputs, attrs, false);
  if (convolution === undefined) return undefined;
  const { info, range } = convolution;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  if (filter.shape[2] !== inChannels || outChannels % 4 !== 0) return undefined;

  const depth = filterHeight * filterWidth * inChannels;
  const packed = memory.derive(filter, depth * outChannels, (source, target) =>
    packPanels(source, target, depth, outChannels),
  );
  const out = makeOutput(info.outShape);
  const biasAddress = bias === undefined || bias === null ? zeros(memory, outChannels) : memory.addressOf(bias);
  const multiply = (a: number, target: number, rows: number) =>
    memory.kernels.pointwise(a, packed, biasAddress, target, rows, depth, outChannels, tileRows(rows), ...range);

  const isPointwise = filterHeight === 1 && filterWidth === 1 && info.strideHeight === 1 && info.strideWidth === 1;
  const { top, bottom, left, right } = info.padInfo;
  if (isPointwise && top + bottom + left + right === 0) {
    multiply(memory.addressOf(x), memory.addressOf(out), info.batchSize * inHeight * inWidth);
    return out;
  }

  const inRowStep = (left + inWidth + right) * inChannels * 4;
  const rowsAtOnce = Math.max(1, Math.min(outHeight, Math.floor(gatheredLengthInFloats / (outWidth * depth))));
  const patches = memory.scratch('patches', rowsAtOnce * outWidth * depth);
  for (let image = 0; image < info.batchSize; image++) {
    const source = memory.addressOf(x) + image * inHeight * inWidth * inChannels * 4;
    const target = memory.addressOf(out) + image * outHeight * outWidth * outChannels * 4;
    const padded = padInput(memory, source, [inHeight, inWidth, inChannels], { top, bottom, left, right });
    for (let first = 0; first < outHeight; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, outHeight - first);
      for (let row = 0; row < rows; row++) {
        memory.kernels.gather(
          padded + (first + row) * info.strideHeight * inRowStep,
          inRowStep,
          info.strideWidth * inChannels * 4,
          filterWidth * inChannels * 4,
          filterHeight,
          outWidth,
          patches + row * outWidth * depth * 4,
        );
      }
      multiply(patches, target + first * outWidth * outChannels * 4, rows * outWidth);
    }
  }
  return out;
}

export function zeros(memory: KernelMemory, length: number): number {
  const address = memory.scratch('zeros', length);
  memory.floats.fill(0, address / 4, address / 4 + length);
  return address;
}
