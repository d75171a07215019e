import type { GraphNode } from '../../graph-file.ts';
import { maximumTileRows } from '../../kernels/pointwise-wat.ts';
import { planFusion } from '../fusion.ts';
import { padForWindow } from '../padding.ts';
import type { Planner, PlanTensor } from '../planner.ts';
import { placeWindow } from '../window.ts';

/** Patches gathered at once: enough rows for full tiles, few enough to stay in the second-level cache. */
const gatheredLengthInFloats = 65_536;

/** Conv2D with bias and a clamping activation; not with dilation, groups, or output channels that are no multiple of four. */
export function planConvolution(node: GraphNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  const [kernelHeight = 0, kernelWidth = 0, kernelChannels = 0, outChannels = 0] = weight?.entry.shape ?? [];
  if (x === undefined || weight === undefined || outChannels % 4 !== 0 || kernelChannels !== x.shape[3])
    return undefined;
  const fusion = planFusion(node, planner, outChannels);
  const window = placeWindow(node, x.shape, [kernelHeight, kernelWidth]);
  if (fusion === undefined || window === undefined) return undefined;

  const { rows, columns } = window;
  const depth = kernelHeight * kernelWidth * kernelChannels;
  const panels = planner.panels(weight, depth, outChannels);
  const out = planner.allocate(rows.outSize * columns.outSize * outChannels);
  const { bias, range } = fusion;
  const tensor = { shape: [1, rows.outSize, columns.outSize, outChannels], storage: out };
  const padded = padForWindow(x, window, planner);
  const input = padded.storage;

  if (kernelHeight * kernelWidth * rows.stride * columns.stride === 1) {
    planner.step([input, out], ({ pointwise }) => {
      const places = rows.outSize * columns.outSize;
      const tile = tileRows(places);
      return () =>
        pointwise(input.address, panels.address, bias.address, out.address, places, depth, outChannels, tile, ...range);
    });
    return tensor;
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
  planner.step([input, patches, out], ({ pointwise, gather }) => () => {
    for (let first = 0; first < rows.outSize; first += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows.outSize - first);
      for (let row = 0; row < count; row++) {
        const from = input.address + (first + row) * rows.stride * rowStep;
        const to = patches.address + row * gatheredRow;
        gather(from, rowStep, pixelStep, patchRow, kernelHeight, columns.outSize, to);
      }
      const to = out.address + first * columns.outSize * outChannels * 4;
      const places = count * columns.outSize;
      pointwise(
        patches.address,
        panels.address,
        bias.address,
        to,
        places,
        depth,
        outChannels,
        tileRows(places),
        ...range,
      );
    }
  });
  return tensor;
}

/** Six rows a tile, or five where that leaves fewer rows to a tile too short to hide the multiply-add's latency. */
export function tileRows(rows: number): number {
  const rest = (size: number) => (rows % size === 0 ? 0 : Math.max(4, rows % size) - (rows % size));
  return rest(maximumTileRows - 1) < rest(maximumTileRows) ? maximumTileRows - 1 : maximumTileRows;
}
