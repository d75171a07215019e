import { readIntegers } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import type { StoredWeight } from '../../graph/stored-weights.ts';
import { maximumTileRows } from '../../kernels/tile-rows.ts';
import { type Fusion, readFusion } from '../fusion.ts';
import { activate } from '../operations/elementwise.ts';
import { padForWindow } from '../padding.ts';
import { type Four, nextMultipleOfFour, type Planner, type PlanTensor } from '../planner.ts';
import { placeSpread } from '../window.ts';
import { keepChannels } from './channels-in-fours.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** One group of a convolution: from equally many channels of the input to equally many of the result. */
export interface ConvolvedGroup {
  /** [height, width, channels in, channels out]. */
  readonly weight: StoredWeight;
  readonly fusion: Fusion;
}

/** How many floats of the input a group reads before the next one does, so that they stay in the second-level cache. */
const bandInFloats = 65_536;

/** Conv2D of those that `planConvolution` leaves: dilated ones, and any number of output channels. */
export function planDirectConvolution(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const [, , depth, channels] = weight.entry.shape as Four;
  if (x.shape[3] !== depth) return undefined;
  const fusion = readFusion(node, planner, channels);
  return fusion && convolveDirectly(node, x, [{ weight, fusion }], planner);
}

/**
 * A convolution whose groups lie side by side, windows as the node has them. The channels that a group makes are a multiple
 * of four, but where there is one group alone.
 */
export function convolveDirectly(
  node: StoredNode,
  x: PlanTensor,
  groups: readonly [ConvolvedGroup, ...ConvolvedGroup[]],
  planner: Planner,
): PlanTensor | undefined {
  const [height, width, depth, ofGroup] = groups[0].weight.entry.shape as Four;
  const { range } = groups[0].fusion;
  const [, rowDilation = 1, columnDilation = 1] = readIntegers(node, 'dilations');
  const spread = [(height - 1) * rowDilation + 1, (width - 1) * columnDilation + 1] as const;
  const window = placeSpread(node, x.shape, spread);
  if (window === undefined || (groups.length > 1 && ofGroup % 4 !== 0)) return undefined;
  const { rows, columns } = window;
  const products = height * width * depth;
  const constants = groups.map(({ weight, fusion }) => {
    return { weights: planner.panels(weight, products, ofGroup), bias: planner.vector(fusion.bias, ofGroup) };
  });
  const made = nextMultipleOfFour(ofGroup);
  const channels = made * groups.length;
  const padded = padForWindow(x, window, planner);
  const out = planner.allocate(rows.outSize * columns.outSize * channels);
  const pixel = (padded.shape[3] as number) * 4;
  const row = (padded.shape[2] as number) * pixel;
  const tileWidth = Math.ceil(columns.outSize / Math.ceil(columns.outSize / maximumTileRows));
  const rowsAtOnce = Math.max(1, Math.floor((bandInFloats * 4) / (row * rows.stride)));
  planner.step([padded.storage, out], (_kernels, _floats, memory) => {
    const { directConvolution } = widerKernelsOn(memory);
    const convolve = (group: number, first: number, count: number) => {
      const { weights, bias } = constants[group] as (typeof constants)[number];
      directConvolution(
        padded.storage.address + first * rows.stride * row + group * depth * 4,
        rows.stride * row,
        columns.stride * pixel,
        rowDilation * row,
        columnDilation * pixel,
        height,
        width,
        depth,
        weights.address,
        bias.address,
        made,
        out.address + (first * columns.outSize * channels + group * made) * 4,
        channels * 4,
        count,
        columns.outSize,
        tileWidth,
        ...range,
      );
    };
    return () => {
      for (let first = 0; first < rows.outSize; first += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, rows.outSize - first);
        for (let group = 0; group < groups.length; group++) convolve(group, first, count);
      }
    };
  });
  const wide = { shape: [1, rows.outSize, columns.outSize, channels], storage: out };
  const tensor = groups.length > 1 ? wide : keepChannels(wide, ofGroup, planner);
  return activate(tensor, groups[0].fusion, planner);
}
