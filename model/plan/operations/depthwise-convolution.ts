import type { GraphNode } from '../../graph-file.ts';
import { padForWindow } from '../padding.ts';
import type { Planner, PlanTensor } from '../planner.ts';
import { placeWindow } from '../window.ts';
import { planBandedDepthwise } from './banded-depthwise.ts';
import { planDepthwiseRows, readDepthwise } from './depthwise.ts';

/**
 * Depthwise convolution with bias and a clamping activation; not with dilation, a channel multiplier, kernel widths but 3
 * and 5, strides but 1 and 2, or channels that are no multiple of four.
 */
export function planDepthwiseConvolution(node: GraphNode, planner: Planner): PlanTensor | undefined {
  return planBandedDepthwise(node, planner) ?? planWhole(node, planner);
}

function planWhole(node: GraphNode, planner: Planner): PlanTensor | undefined {
  const depthwise = readDepthwise(node, planner);
  const x = planner.input(node, 0);
  if (depthwise === undefined || x === undefined || x.shape[3] !== depthwise.channels) return undefined;
  const window = placeWindow(node, x.shape, depthwise.kernelSize);
  if (window === undefined) return undefined;
  const product = planDepthwiseRows(depthwise, window, planner);
  if (product === undefined) return undefined;
  const { rows, columns } = window;
  const padded = padForWindow(x, window, planner);
  const input = padded.storage;
  const out = planner.allocate(rows.outSize * columns.outSize * depthwise.channels);
  planner.step([input, out], (kernels) => {
    const convolve = product(kernels, (padded.shape[2] as number) * depthwise.channels * 4);
    return () => convolve(input.address, out.address, rows.outSize);
  });
  return { shape: [1, rows.outSize, columns.outSize, depthwise.channels], storage: out };
}
