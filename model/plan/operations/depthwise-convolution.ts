import type { StoredNode } from '../../graph/graph-file.ts';
import { padForWindow } from '../padding.ts';
import type { Planner, PlanTensor } from '../planner.ts';
import { placeWindow, type WindowPlacement } from '../window.ts';
import { planScaled } from './affine.ts';
import { planBandedDepthwise } from './banded-depthwise.ts';
import { type Depthwise, planDepthwiseRows, readDepthwise } from './depthwise.ts';

/**
 * Depthwise convolution with bias and a clamping activation; not with dilation, a channel multiplier, kernel widths but 3
 * and 5 (and one of one place), strides but 1 and 2, or channels that are no multiple of four.
 */
export function planDepthwiseConvolution(node: StoredNode, planner: Planner): PlanTensor | undefined {
  return planBandedDepthwise(node, planner) ?? planWhole(node, planner);
}

function planWhole(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const depthwise = readDepthwise(node, planner);
  const x = planner.input(node, 0);
  if (depthwise === undefined || x === undefined || x.shape[3] !== depthwise.channels) return undefined;
  const window = placeWindow(node, x.shape, depthwise.kernelSize);
  if (window === undefined) return undefined;
  if (isOnePlace(depthwise, window)) return planPlaces(depthwise, x, planner);
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

function isOnePlace({ kernelSize }: Depthwise, { rows, columns }: WindowPlacement): boolean {
  const margins = rows.before + rows.after + columns.before + columns.after;
  return [...kernelSize, rows.stride, columns.stride].every((size) => size === 1) && margins === 0;
}

/** A kernel of one place scales each channel and adds to it, as a batch normalisation by itself does. */
function planPlaces({ weight, channels, fusion }: Depthwise, x: PlanTensor, planner: Planner): PlanTensor {
  const scale = planner.matrix(weight);
  const offset = planner.vector(fusion.bias, channels);
  return planScaled(x, { scale, offset, channels, range: fusion.range }, planner);
}
