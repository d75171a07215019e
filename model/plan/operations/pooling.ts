import { readFlag, readIntegers, readText } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import type { Margins } from '../padding.ts';
import type { Four, Planner, PlanOperation, PlanTensor } from '../planner.ts';
import { placeWindow, type WindowPlacement } from '../window.ts';

/** MaxPool or AvgPool, channels a multiple of four. */
export function planPool(kernel: PoolKernel): PlanOperation {
  return (node, planner) => {
    const pool = readPool(kernel, node, planner);
    return pool && (pool.x.shape[3] as number) % 4 === 0 ? poolOf(kernel, pool, planner) : undefined;
  };
}

export type PoolKernel = 'maximumPool' | 'averagePool';

export interface Pool extends WindowPlacement {
  readonly x: PlanTensor;
  readonly kernelSize: readonly [height: number, width: number];
}

/** A node as a pool; undefined where a window lies beside the picture. */
export function readPool(kernel: PoolKernel, node: StoredNode, planner: Planner): Pool | undefined {
  const margins = kernel === 'maximumPool' ? readLowestMargins(node, planner) : undefined;
  const x = margins === undefined ? planner.input(node, 0) : planner.input(margins.pad, 0);
  const [, kernelHeight, kernelWidth] = readIntegers(node, 'ksize') as Four;
  if (x?.shape.length !== 4) return undefined;
  const padded = margins === undefined ? x.shape : widen(x.shape, margins);
  const placed = placeWindow(node, padded, [kernelHeight, kernelWidth]);
  if (placed === undefined) return undefined;
  const { rows, columns } = margins === undefined ? placed : withMargins(placed, margins);
  const hasEmptyWindow =
    [rows.before, rows.after].some((size) => size >= kernelHeight) ||
    [columns.before, columns.after].some((size) => size >= kernelWidth);
  return hasEmptyWindow ? undefined : { x, kernelSize: [kernelHeight, kernelWidth], rows, columns };
}

export function poolOf(kernel: PoolKernel, { x, kernelSize, rows, columns }: Pool, planner: Planner): PlanTensor {
  const [, height, width, channels] = x.shape as Four;
  const out = planner.allocate(rows.outSize * columns.outSize * channels);
  planner.step([x.storage, out], ({ [kernel]: pool }) => () => {
    pool(
      x.storage.address,
      out.address,
      height,
      width,
      channels * 4,
      rows.outSize,
      columns.outSize,
      ...kernelSize,
      rows.stride,
      columns.stride,
      rows.before,
      columns.before,
    );
  });
  return { shape: [1, rows.outSize, columns.outSize, channels], storage: out };
}

interface LowestMargins extends Margins {
  /** The node that puts them around the picture. */
  readonly pad: StoredNode;
}

/** The smallest number of single precision loses against every other, so that a pool may as well not look at it. */
const lowest = -3.4e38;

/** Margins that a node of their own puts around what a largest value is taken of, and that can never be it. */
function readLowestMargins(node: StoredNode, planner: Planner): LowestMargins | undefined {
  const pad = planner.soleInput(node);
  if (pad?.op !== 'PadV2' || readText(node, 'padding') !== 'VALID') return undefined;
  const [paddings, value] = [planner.weight(pad, 1), planner.weight(pad, 2)];
  if (paddings === undefined || value === undefined || !((readNumbers(value)[0] as number) <= lowest)) return undefined;
  const [batchBefore, batchAfter, top = 0, bottom = 0, left = 0, right = 0, ...channels] = readNumbers(paddings);
  if ([batchBefore, batchAfter, ...channels].some((size) => size !== 0)) return undefined;
  return { pad, top, bottom, left, right };
}

function widen(shape: readonly number[], margins: Margins): number[] {
  const [batch, height, width, channels] = shape as Four;
  return [batch, margins.top + height + margins.bottom, margins.left + width + margins.right, channels];
}

function withMargins({ rows, columns }: WindowPlacement, { top, bottom, left, right }: Margins): WindowPlacement {
  return {
    rows: { ...rows, before: top, after: bottom },
    columns: { ...columns, before: left, after: right },
  };
}

/** The mean over all places of a map ("global average pooling"), channels a multiple of four. */
export function planMean(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const axes = planner.weight(node, 1);
  if (x === undefined || axes === undefined || readNumbers(axes).toSorted().join() !== '1,2') return undefined;
  const channels = x.shape[3] as number;
  if (x.shape.length !== 4 || channels % 4 !== 0) return undefined;
  const shape = readFlag(node, 'keep_dims') ? [1, 1, 1, channels] : [1, channels];
  return { ...meanOfPlaces(x, planner), shape };
}

/** The mean of each channel of a picture, channels a multiple of four. */
export function meanOfPlaces(x: PlanTensor, planner: Planner): PlanTensor {
  const [, height, width, channels] = x.shape as Four;
  const out = planner.allocate(channels);
  planner.step([x.storage, out], ({ mean }) => () => {
    mean(x.storage.address, height * width, channels * 4, out.address);
  });
  return { shape: [1, 1, 1, channels], storage: out };
}
