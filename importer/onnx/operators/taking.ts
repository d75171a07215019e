import { pick, reverse } from '../../graph/rearrange.ts';
import { resolveAxis } from '../../graph/shape.ts';
import { type LaidOut, shapeOf } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  like,
  numbersOf,
  numbersOrAttribute,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { reshapeLaidOut } from '../reshape-laid-out.ts';
import { type SliceRange, sliceRanges } from '../slice-ranges.ts';

/** A part of each axis of ONNX's, wherever it lies. */
export function takeRanges({ builder }: OperationContext, x: LaidOut, ranges: readonly SliceRange[]): LaidOut {
  const inPlace = x.order.map((axis) => ranges[axis] as SliceRange);
  const backwards = inPlace.flatMap(({ step }, place) => (step < 0 ? [place] : []));
  if (inPlace.some(({ count, step }) => count < 1 || (step < 0 && step !== -1)))
    throw new RangeError('nothing would be left');
  const forward = inPlace.map(({ start, step, count }) =>
    step < 0 ? { start: start - count + 1, step: 1, count } : { start, step, count },
  );
  const taken = builder.stridedSlice(
    x.node,
    forward.map(({ start }) => start),
    forward.map(({ start, step, count }) => start + (count - 1) * step + 1),
    forward.map(({ step }) => step),
  );
  return like(x, reverse(builder, taken, backwards));
}

const slice: OperationConverter = (context) => {
  const x = inputOf(context);
  const lists = [1, 2, 3, 4].map((index) => numbersOf(context, index));
  return takeRanges(context, x, sliceRanges(shapeOf(x), lists, context.attributes, context.opset));
};

function splitAlong(context: OperationContext, x: LaidOut, axis: number, sizes: readonly number[]): LaidOut[] {
  const shape = shapeOf(x);
  if (sizes.reduce((sum, size) => sum + size, 0) !== shape[axis])
    throw new RangeError(`an axis of ${shape[axis]} is not split into [${sizes}]`);
  let first = 0;
  return sizes.map((count) => {
    const ranges = shape.map((size, at) =>
      at === axis ? { start: first, step: 1, count } : { start: 0, step: 1, count: size },
    );
    first += count;
    return takeRanges(context, x, ranges);
  });
}

const split: OperationConverter = (context) => {
  const { attributes, outputCount } = context;
  const x = inputOf(context);
  const axis = resolveAxis(attributes.integer('axis', 0), x.order.length);
  const size = shapeOf(x)[axis] as number;
  const count = attributes.integer('num_outputs', outputCount);
  const part = Math.ceil(size / count);
  const even = Array.from({ length: outputCount }, (_, at) => Math.max(0, Math.min(part, size - at * part)));
  return splitAlong(context, x, axis, numbersOrAttribute(context, 1, 'split') ?? even);
};

/** One place of an axis is a slice; several, in any order, are gathered. */
const gather: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const indices = constantOf(context, 1);
  const axis = resolveAxis(attributes.integer('axis', 0), x.order.length);
  const shape = shapeOf(x);
  const size = shape[axis] as number;
  const places = Array.from(indices.values, (index) => (index < 0 ? index + size : index));
  if (places.some((place) => place < 0 || place >= size))
    throw new RangeError(`an index is outside an axis of ${size}`);
  const target = [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)];
  const isRun = places.length > 0 && places.every((place, at) => place === (places[0] as number) + at);
  const taken = isRun
    ? takeRanges(
        context,
        x,
        shape.map((whole, at) =>
          at === axis
            ? { start: places[0] as number, step: 1, count: places.length }
            : { start: 0, step: 1, count: whole },
        ),
      )
    : like(x, gathered(context, x, axis, places));
  return reshapeLaidOut(builder, taken, target);
};

function gathered({ builder }: OperationContext, x: LaidOut, axis: number, places: readonly number[]) {
  const place = x.order.indexOf(axis);
  return pick(builder, x.node, place, places);
}

/** Operators that take parts of a tensor. */
export const taking: Readonly<Record<string, OperationConverter>> = {
  Gather: gather,
  Slice: slice,
  Split: split,
};
