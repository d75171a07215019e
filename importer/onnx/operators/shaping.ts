import { type GraphNode, isConstant } from '../../graph/node.ts';
import { pick } from '../../graph/rearrange.ts';
import { countValues, resolveAxis } from '../../graph/shape.ts';
import { arrange, channelsLast, type LaidOut, picture, placeOfAxis, shapeOf, widen } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  numbersOf,
  numbersOrAttribute,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { reshapeLaidOut } from '../reshape-laid-out.ts';
import type { SliceRange } from '../slice-ranges.ts';
import { requirePermutation, squeezedShape, unsqueezedShape } from '../squeezed-shape.ts';
import { targetOfReshape } from '../target-of-reshape.ts';
import { takeRanges } from './taking.ts';

const reshape: OperationConverter = (context) => {
  const { builder, attributes, opset } = context;
  const x = inputOf(context);
  const wanted = numbersOrAttribute(context, 1, 'shape') ?? [];
  const allowsZero = opset >= 14 && attributes.integer('allowzero', 0) === 1;
  return reshapeLaidOut(builder, x, targetOfReshape(shapeOf(x), wanted, allowsZero));
};

const flatten: OperationConverter = ({ builder, attributes, ...context }) => {
  const x = inputOf({ builder, attributes, ...context });
  const shape = shapeOf(x);
  const axis = attributes.integer('axis', 1);
  const at = axis < 0 ? axis + shape.length : axis;
  return reshapeLaidOut(builder, x, [countValues(shape.slice(0, at)), countValues(shape.slice(at))]);
};

const squeeze: OperationConverter = (context) => {
  const x = inputOf(context);
  return reshapeLaidOut(context.builder, x, squeezedShape(shapeOf(x), numbersOrAttribute(context, 1, 'axes')));
};

const unsqueeze: OperationConverter = (context) => {
  const x = inputOf(context);
  return reshapeLaidOut(context.builder, x, unsqueezedShape(shapeOf(x), numbersOrAttribute(context, 1, 'axes') ?? []));
};

/** No value moves: the axes are only called by other numbers. */
const transpose: OperationConverter = ({ attributes, ...context }) => {
  const x = inputOf({ attributes, ...context });
  const rank = x.order.length;
  const permutation = attributes.integers('perm') ?? [...Array(rank).keys()].reverse();
  requirePermutation(permutation, rank);
  return { node: x.node, order: x.order.map((axis) => permutation.indexOf(axis)) };
};

/** All parts as the largest of them lies. */
const concat: OperationConverter = (context) => {
  const { builder, attributes, inputs } = context;
  const parts = inputs.map((_, index) => inputOf(context, index));
  const largest = parts.reduce(
    (most, part) =>
      countValues(part.node.shape) > countValues(most.node.shape) && !isConstant(part.node) ? part : most,
    parts.find(({ node }) => !isConstant(node)) ?? inputOf(context),
  );
  const axis = placeOfAxis(largest, attributes.integer('axis', 1));
  const arranged = parts.map((part) => {
    if (part.order.length !== largest.order.length)
      throw new RangeError('tensors of unlike shapes cannot be concatenated');
    return arrange(builder, part, largest.order);
  });
  return like(largest, builder.concat(arranged, axis));
};

type Source = (place: number, size: number) => number;

/** Which place of an axis stands at a place before or behind it. */
const sources: Readonly<Record<string, Source>> = {
  edge: (place, size) => Math.min(Math.max(place, 0), size - 1),
  reflect: (place, size) => size - 1 - Math.abs(size - 1 - Math.abs(place)),
  wrap: (place, size) => ((place % size) + size) % size,
};

/** Borders that repeat places of the picture, taken along one axis after the other. */
function extended(
  context: OperationContext,
  x: GraphNode,
  amounts: readonly (readonly [before: number, after: number])[],
  source: Source,
): GraphNode {
  return amounts.reduce((node, [before, after], axis) => {
    if (before + after === 0) return node;
    const size = node.shape[axis] as number;
    const [count] = checkedSize(context, [size + before + after]) as [number];
    const places = Array.from({ length: count }, (_, place) => source(place - before, size));
    if (!places.every((place) => place >= 0)) throw notImported(context, 'its borders are wider than what they mirror');
    return pick(context.builder, node, axis, places);
  }, x);
}

/** With zeros or another number, or with what lies at the borders. */
const pad: OperationConverter = (context) => {
  const { builder, attributes, inputs, opset } = context;
  const x = inputOf(context);
  const mode = attributes.text('mode', 'constant');
  const rank = x.order.length;
  const amounts = opset < 11 ? (attributes.integers('pads') ?? []) : (numbersOf(context, 1) ?? []);
  const axes = numbersOf(context, 3)?.map((axis) => resolveAxis(axis, rank)) ?? [...Array(rank).keys()];
  const value =
    opset < 11 ? attributes.float('value', 0) : inputs[2] === undefined ? 0 : (constantOf(context, 2).values[0] ?? 0);
  if (amounts.length !== axes.length * 2) throw new RangeError(`its pads are [${amounts}] for ${axes.length} axes`);
  const before = new Map(axes.map((axis, at) => [axis, amounts[at] as number]));
  const after = new Map(axes.map((axis, at) => [axis, amounts[at + axes.length] as number]));
  const shape = shapeOf(x);
  // What is negative crops.
  const ranges = shape.map((size, axis): SliceRange => {
    const [first, last] = [Math.min(0, before.get(axis) ?? 0), Math.min(0, after.get(axis) ?? 0)];
    return { start: -first, step: 1, count: size + first + last };
  });
  const cropped = takeRanges(context, x, ranges);
  const inPlace = x.order.map(
    (axis) => [Math.max(0, before.get(axis) ?? 0), Math.max(0, after.get(axis) ?? 0)] as const,
  );
  if (mode === 'constant') return like(cropped, builder.pad(cropped.node, inPlace, value));
  if (inPlace.every(([first, last]) => first + last === 0)) return cropped;
  const source = sources[mode];
  if (source === undefined) throw notImported(context, `its mode is ${mode}`);
  return like(cropped, extended(context, cropped.node, inPlace, source));
};

const expand: OperationConverter = (context) => {
  const { builder } = context;
  const wanted = Array.from(constantOf(context, 1).values);
  const x = widen(builder, inputOf(context), wanted.length);
  const shape = shapeOf(x);
  const lead = shape.length - wanted.length;
  const target = shape.map((size, axis) => Math.max(size, wanted[axis - lead] ?? 1));
  if (target.every((size, axis) => size === shape[axis])) return x;
  const inPlace = x.order.map((axis) => target[axis] as number);
  const ones = builder.constant('ones', new Float32Array(countValues(checkedSize(context, inPlace))).fill(1), inPlace);
  return like(x, builder.multiply(x.node, ones));
};

const mostExpanded = 2 ** 22;

function checkedSize(context: OperationContext, shape: readonly number[]): readonly number[] {
  if (countValues(shape) <= mostExpanded) return shape;
  throw notImported(context, `it makes a tensor of [${shape}]`);
}

const tile: OperationConverter = (context) => {
  const { builder } = context;
  const x = inputOf(context);
  const repeats = Array.from(constantOf(context, 1).values);
  const inPlace = x.order.map((axis) => repeats[axis] ?? 1);
  const shape = x.node.shape.map((size, place) => size * (inPlace[place] as number));
  if (inPlace.every((times) => times === 1)) return x;
  return like(x, builder.node('Tile', [x.node, builder.integers('multiples', inPlace)], { shape }));
};

/** Blocks of channels become blocks of pixels; columns first (DCR), or rows of channels (CRD). */
const depthToSpace: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const block = attributes.integer('blocksize', 1);
  const [batch = 1, channels = 1, height = 1, width = 1] = shapeOf(x);
  const inner = channels / block ** 2;
  const isColumnsFirst = attributes.text('mode', 'DCR') === 'DCR';
  const split = isColumnsFirst
    ? [batch, block, block, inner, height, width]
    : [batch, inner, block, block, height, width];
  const spread = reshapeLaidOut(builder, x, split);
  const order = isColumnsFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
  const moved: LaidOut = { node: spread.node, order: spread.order.map((axis) => order.indexOf(axis)) };
  return reshapeLaidOut(builder, moved, [batch, inner, height * block, width * block]);
};

const spaceToDepth: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const block = attributes.integer('blocksize', 1);
  const x = { node: picture(builder, inputOf(context)), order: channelsLast };
  const [batch = 1, channels = 1, height = 1, width = 1] = shapeOf(x);
  const spread = reshapeLaidOut(builder, x, [batch, channels, height / block, block, width / block, block]);
  const order = [0, 3, 5, 1, 2, 4];
  const moved: LaidOut = { node: spread.node, order: spread.order.map((axis) => order.indexOf(axis)) };
  return reshapeLaidOut(builder, moved, [batch, channels * block ** 2, height / block, width / block]);
};

export const shaping: Readonly<Record<string, OperationConverter>> = {
  Concat: concat,
  DepthToSpace: depthToSpace,
  Expand: expand,
  Flatten: flatten,
  Pad: pad,
  Reshape: reshape,
  SpaceToDepth: spaceToDepth,
  Squeeze: squeeze,
  Tile: tile,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};
