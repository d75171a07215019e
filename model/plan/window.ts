import { readIntegers, readText } from '../graph/attributes.ts';
import type { StoredNode } from '../graph/graph-file.ts';
import type { Four } from './planner.ts';

/** How a window of a convolution or pooling moves along one axis of a picture. */
export interface WindowAxis {
  readonly outSize: number;
  readonly stride: number;
  /** Zeros before the first and after the last place. */
  readonly before: number;
  readonly after: number;
}

export interface WindowPlacement {
  readonly rows: WindowAxis;
  readonly columns: WindowAxis;
}

/**
 * Where the windows of a node lie on a picture of [batch, height, width, channels], as TensorFlow places them
 * (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2). Undefined for dilated ones, other layouts and
 * windows that find no place.
 */
export function placeWindow(
  node: StoredNode,
  shape: readonly number[],
  kernelSize: readonly [height: number, width: number],
): WindowPlacement | undefined {
  if (readIntegers(node, 'dilations').some((dilation) => dilation !== 1)) return undefined;
  return placeSpread(node, shape, kernelSize);
}

/** As `placeWindow`, of windows whose height and width count what a dilation spreads them to. */
export function placeSpread(
  node: StoredNode,
  shape: readonly number[],
  kernelSize: readonly [height: number, width: number],
): WindowPlacement | undefined {
  if ((readText(node, 'data_format') ?? 'NHWC') !== 'NHWC' || shape.length !== 4) return undefined;
  const [, rowStride, columnStride] = readIntegers(node, 'strides') as Four;
  const padding = readText(node, 'padding');
  const [, , top = 0, bottom = 0, left = 0, right = 0] = readIntegers(node, 'explicit_paddings');
  const rows = placeAlong(shape[1] as number, kernelSize[0], rowStride, padding, [top, bottom]);
  const columns = placeAlong(shape[2] as number, kernelSize[1], columnStride, padding, [left, right]);
  return rows === undefined || columns === undefined ? undefined : { rows, columns };
}

function placeAlong(
  size: number,
  kernelSize: number,
  stride: number,
  padding: string | undefined,
  given: readonly [before: number, after: number],
): WindowAxis | undefined {
  const [before, after] =
    padding === 'EXPLICIT' ? given : padding === 'SAME' ? samePadding(size, kernelSize, stride) : [0, 0];
  const outSize = Math.floor((before + size + after - kernelSize) / stride) + 1;
  return outSize < 1 ? undefined : { outSize, stride, before, after };
}

/** As much as makes one output of every `stride` places, the odd one at the end. */
function samePadding(size: number, kernelSize: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernelSize - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
