import type { Shape } from '../graph/node.ts';
import { resolveAxis } from '../graph/shape.ts';
import type { OnnxAttributes } from './onnx-attributes.ts';

/** What is taken of an axis: `count` places from `start` on, `step` apart. */
export interface SliceRange {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** ONNX's Slice for every axis of a shape; before opset 10 the lists are attributes. Throws a RangeError for nonsense. */
export function sliceRanges(
  shape: Shape,
  lists: readonly (readonly number[] | undefined)[],
  attributes: OnnxAttributes,
  opset: number,
): SliceRange[] {
  const [starts = [], ends = [], listedAxes, listedSteps] =
    opset < 10
      ? [attributes.integers('starts'), attributes.integers('ends'), attributes.integers('axes'), undefined]
      : lists;
  const axes = listedAxes?.map((axis) => resolveAxis(axis, shape.length)) ?? [...starts.keys()];
  const ranges = shape.map((size): SliceRange => ({ start: 0, step: 1, count: size }));
  axes.forEach((axis, at) => {
    const size = shape[axis];
    const step = listedSteps?.[at] ?? 1;
    const [from, to] = [starts[at], ends[at]];
    if (size === undefined || from === undefined || to === undefined || step === 0) {
      throw new RangeError(`a slice of [${shape}] from [${starts}] to [${ends}] makes no sense`);
    }
    const start = clamp(from < 0 ? from + size : from, 0, step < 0 ? size - 1 : size);
    const end = clamp(to < 0 ? to + size : to, step < 0 ? -1 : 0, size);
    ranges[axis] = { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
  });
  return ranges;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
