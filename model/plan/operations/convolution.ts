import type { StoredNode } from '../../graph/graph-file.ts';
import { readFusion } from '../fusion.ts';
import { padForWindow } from '../padding.ts';
import type { Four, Planner, PlanTensor } from '../planner.ts';
import { placeWindow } from '../window.ts';
import { planBandedDepthwise } from './banded-depthwise.ts';
import { activate } from './elementwise.ts';
import { planProduct } from './pointwise.ts';

/** Patches gathered at once: enough rows for full tiles, few enough to stay in the second-level cache. */
const gatheredLengthInFloats = 65_536;

/**
 * Conv2D with bias and a clamp or sigmoid; not with dilation, groups, or output channels that are no multiple of four
 * unless there is one place alone.
 */
export function planConvolution(node: StoredNode, planner: Planner): PlanTensor | undefined {
  return planBandedDepthwise(node, planner) ?? planWhole(node, planner);
}

function planWhole(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const [kernelHeight, kernelWidth, kernelChannels, channels] = weight.entry.shape as Four;
  if (kernelChannels !== x.shape[3]) return undefined;
  const fusion = readFusion(node, planner, channels);
  const window = placeWindow(node, x.shape, [kernelHeight, kernelWidth]);
  if (fusion === undefined || window === undefined) return undefined;

  const { rows, columns } = window;
  const places = rows.outSize * columns.outSize;
  if (channels % 4 !== 0 && places > 1) return undefined;
  const depth = kernelHeight * kernelWidth * kernelChannels;
  const product = planProduct({ weight, depth, channels, fusion }, planner);
  // The product is made of columns in fours.
  const out = planner.allocate(places * Math.ceil(channels / 4) * 4);
  const padded = padForWindow(x, window, planner);
  const input = padded.storage;
  const tensor = { shape: [1, rows.outSize, columns.outSize, channels], storage: out };

  if (kernelHeight * kernelWidth * rows.stride * columns.stride === 1) {
    planner.step([input, out], (kernels) => {
      const multiply = product(kernels);
      return () => multiply(input.address, out.address, places);
    });
    return activate(tensor, fusion, planner);
  }

  const rowsAtOnce = Math.max(
    1,
    Math.min(rows.outSize, Math.floor(gatheredLengthInFloats / (columns.outSize * depth))),
  );
  const patches = planner.allocate(rowsAtOnce * columns.outSize * depth);
  const rowStep = (padded.shape[2] as number) * kernelChannels * 4;
  const pixelStep = columns.stride * kernelChannels * 4;
  const patchRow = kernelWidth * kernelChannels * 4;
  const gatheredRow = columns.outSize * depth * 4;
  planner.step([input, patches, out], (kernels) => {
    const multiply = product(kernels);
    const { gather } = kernels;
    return () => {
      for (let first = 0; first < rows.outSize; first += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, rows.outSize - first);
        for (let row = 0; row < count; row++) {
          const from = input.address + (first + row) * rows.stride * rowStep;
          const to = patches.address + row * gatheredRow;
          gather(from, rowStep, pixelStep, patchRow, kernelHeight, columns.outSize, to);
        }
        const to = out.address + first * columns.outSize * channels * 4;
        multiply(patches.address, to, count * columns.outSize);
      }
    };
  });
  return activate(tensor, fusion, planner);
}
