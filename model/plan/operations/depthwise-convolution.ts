import type { GraphNode } from '../../graph-file.ts';
import { maximumTileWidth } from '../../kernels/depthwise-wat.ts';
import type { DepthwiseKernel, KernelExports } from '../../kernels/kernel-exports.ts';
import { planFusion } from '../fusion.ts';
import { padForWindow } from '../padding.ts';
import type { Planner, PlanTensor } from '../planner.ts';
import { placeWindow } from '../window.ts';

/**
 * Depthwise convolution with bias and a clamping activation; not with dilation, a channel multiplier, kernel widths but 3
 * and 5, strides but 1 and 2, or channels that are no multiple of four.
 */
export function planDepthwiseConvolution(node: GraphNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  const [kernelHeight = 0, kernelWidth = 0, channels = 0, multiplier] = weight?.entry.shape ?? [];
  if (x === undefined || weight === undefined || multiplier !== 1) return undefined;
  if (channels % 4 !== 0 || channels !== x.shape[3]) return undefined;
  const fusion = planFusion(node, planner, channels);
  const window = placeWindow(node, x.shape, [kernelHeight, kernelWidth]);
  if (fusion === undefined || window === undefined || window.rows.stride !== window.columns.stride) return undefined;
  const kernelName = kernelNameFor(kernelWidth, window.rows.stride);
  if (kernelName === undefined) return undefined;

  const { rows, columns } = window;
  const weights = planner.matrix(weight);
  const { storage: input, shape } = padForWindow(x, window, planner);
  const rowInBytes = (shape[2] as number) * channels * 4;
  const out = planner.allocate(rows.outSize * columns.outSize * channels);
  const tileWidth = Math.ceil(columns.outSize / Math.ceil(columns.outSize / maximumTileWidth));
  planner.step([input, out], ({ [kernelName]: convolve }) => () => {
    convolve(
      input.address,
      rowInBytes,
      weights.address,
      fusion.bias.address,
      out.address,
      rows.outSize,
      columns.outSize,
      channels * 4,
      kernelHeight,
      tileWidth,
      ...fusion.range,
    );
  });
  return { shape: [1, rows.outSize, columns.outSize, channels], storage: out };
}

type KernelName = {
  [Name in keyof KernelExports]: KernelExports[Name] extends DepthwiseKernel ? Name : never;
}[keyof KernelExports];

function kernelNameFor(width: number, stride: number): Extract<KernelName, `depthwise${string}`> | undefined {
  if (width === 3) return stride === 1 ? 'depthwise3s1' : stride === 2 ? 'depthwise3s2' : undefined;
  if (width === 5) return stride === 1 ? 'depthwise5s1' : stride === 2 ? 'depthwise5s2' : undefined;
  return undefined;
}
