import type { StoredNode } from '../../graph/graph-file.ts';
import type { StoredWeight } from '../../graph/stored-weights.ts';
import { depthwiseKernelName } from '../../kernels/depthwise-kernel-name.ts';
import { chooseTileWidth } from '../../kernels/depthwise-sizes.ts';
import type { ModelKernels } from '../../kernels/model-kernels.ts';
import { type Fusion, readFusion } from '../fusion.ts';
import type { Planner } from '../planner.ts';
import type { WindowPlacement } from '../window.ts';

export interface Depthwise {
  readonly weight: StoredWeight;
  readonly kernelSize: readonly [height: number, width: number];
  readonly channels: number;
  readonly fusion: Fusion;
}

/** Convolves `count` rows of results from padded rows of `rowInBytes`; addresses are in bytes. */
export type ConvolveRows = (from: number, to: number, count: number) => void;

/** A node as a depthwise convolution; undefined where it is none, or of a kind that is left to TF.js. */
export function readDepthwise(node: StoredNode, planner: Planner): Depthwise | undefined {
  const weight = planner.weight(node, 1);
  const [height = 0, width = 0, channels = 0, multiplier] = weight?.entry.shape ?? [];
  if (!/^(Fused)?DepthwiseConv2dNative$/.test(node.op) || weight === undefined) return undefined;
  const fusion = readFusion(node, planner, channels);
  if (multiplier !== 1 || channels % 4 !== 0 || fusion === undefined || fusion.isSigmoid) return undefined;
  return { weight, kernelSize: [height, width], channels, fusion };
}

/** Lays out the weights; undefined where no kernel has the width and the strides of the window. */
export function planDepthwiseRows(
  { weight, kernelSize, channels, fusion }: Depthwise,
  { rows, columns }: WindowPlacement,
  planner: Planner,
): ((kernels: ModelKernels, rowInBytes: number) => ConvolveRows) | undefined {
  const [kernelHeight, kernelWidth] = kernelSize;
  const kernelName = rows.stride === columns.stride ? depthwiseKernelName(kernelWidth, rows.stride) : undefined;
  if (kernelName === undefined) return undefined;
  const weights = planner.matrix(weight);
  const bias = planner.vector(fusion.bias, channels);
  const width = columns.outSize;
  const tileWidth = chooseTileWidth(width);
  const [low, high] = fusion.range;
  return ({ [kernelName]: convolve }, rowInBytes) =>
    (from, to, count) =>
      convolve(
        from,
        rowInBytes,
        weights.address,
        bias.address,
        to,
        count,
        width,
        channels * 4,
        kernelHeight,
        tileWidth,
        low,
        high,
      );
}
