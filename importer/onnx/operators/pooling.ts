import { aroundPicture } from '../../graph/around-picture.ts';
import type { ExplicitPadding, GraphNode } from '../../graph/node.ts';
import { countValues, explicitPadding } from '../../graph/shape.ts';
import { arrange, type LaidOut } from '../laid-out.ts';
import { inputOf, notImported, type OperationContext, type OperationConverter } from '../operation-context.ts';
import { asPicture, fromPicture, pairOf, readZeros } from './convolutions.ts';

/** The smallest number of single precision, which loses against every other. */
const lowest = -3.4028234663852886e38;

interface Pool {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  /** How far the places of a window lie apart. */
  readonly dilations: readonly [number, number];
  /** What the operator says, and what is read past the end so that the last window is whole. */
  readonly said: ExplicitPadding;
  readonly padding: ExplicitPadding;
}

/** How a pool moves. With ceil_mode the last window may reach past the padding, but must not begin behind the picture. */
function readPool(context: OperationContext, x: GraphNode): Pool {
  const { attributes } = context;
  const kernel = pairOf(attributes.integers('kernel_shape'), 1);
  const strides = pairOf(attributes.integers('strides'), 1);
  const dilations = pairOf(attributes.integers('dilations'), 1);
  const isSound = [...kernel, ...strides, ...dilations].every((size) => size >= 1 && size <= 2 ** 16);
  if (!isSound) throw notImported(context, `its windows are of [${kernel}], [${strides}] apart`);
  const same = explicitPadding(x.shape, kernel, { strides, dilations, padding: 'SAME' });
  const said = readZeros(context, same);
  const hasCeiling = attributes.integer('ceil_mode', 0) === 1 && attributes.text('auto_pad', 'NOTSET') === 'NOTSET';
  const [, height = 0, width = 0] = x.shape;
  const reach = [(kernel[0] - 1) * dilations[0] + 1, (kernel[1] - 1) * dilations[1] + 1] as const;
  const after = (size: number, axis: 0 | 1, before: number, behind: number) => {
    if (!hasCeiling) return behind;
    const stride = strides[axis];
    const windows = Math.ceil((size + before + behind - reach[axis]) / stride) + 1;
    const count = (windows - 1) * stride >= size + before ? windows - 1 : windows;
    return Math.max(behind, (count - 1) * stride + reach[axis] - size - before);
  };
  const bottom = after(height, 0, said.top, said.bottom);
  const right = after(width, 1, said.left, said.right);
  if (said.top >= reach[0] || said.left >= reach[1])
    throw notImported(context, 'its padding is wider than its windows');
  return { kernel, strides, dilations, said, padding: { ...said, bottom, right } };
}

function isNone(padding: ExplicitPadding): boolean {
  return Object.values(padding).every((places) => places === 0);
}

function isSame(a: ExplicitPadding, b: ExplicitPadding): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

function padded({ builder }: OperationContext, x: GraphNode, padding: ExplicitPadding, value: number): GraphNode {
  const { top, bottom, left, right } = padding;
  return builder.pad(x, aroundPicture([top, bottom], [left, right]), value);
}

/**
 * A pool over windows of one axis alone of a tensor of five: how PyTorch exports a normalisation over neighbouring channels.
 * Undefined for any other.
 */
function poolAlongOne(context: OperationContext, op: 'MaxPool' | 'AvgPool', x: LaidOut): LaidOut | undefined {
  const { builder, attributes } = context;
  const kernel = attributes.integers('kernel_shape') ?? [];
  const axis = kernel.findIndex((size) => size > 1) + 2;
  const size = kernel[axis - 2];
  const isAlone = kernel.length === 3 && kernel.filter((side) => side !== 1).length === 1;
  const isPlain = ['pads', 'strides', 'dilations'].every((name) =>
    (attributes.integers(name) ?? []).every((value) => value === (name === 'pads' ? 0 : 1)),
  );
  const isUnpadded = ['NOTSET', 'VALID'].includes(attributes.text('auto_pad', 'NOTSET'));
  if (x.order.length !== 5 || size === undefined || !isAlone || !isPlain || !isUnpadded) return undefined;
  const order = [...x.order.filter((other) => other !== axis), axis];
  const arranged = arrange(builder, x, order);
  const length = arranged.shape.at(-1) as number;
  const rows = builder.reshape(arranged, [1, countValues(arranged.shape) / length, length, 1]);
  const pooled = builder.pool(op, rows, [1, size], { strides: [1, 1], dilations: [1, 1], padding: 'VALID' });
  return { node: builder.reshape(pooled, [...arranged.shape.slice(0, -1), length - size + 1]), order };
}

const pool =
  (op: 'MaxPool' | 'AvgPool'): OperationConverter =>
  (context) => {
    const { builder, attributes, outputCount } = context;
    if (outputCount > 1) throw notImported(context, 'it also tells where each largest value stood');
    const along = poolAlongOne(context, op, inputOf(context));
    if (along !== undefined) return along;
    const { x, isLine } = asPicture(context, inputOf(context));
    const { kernel, strides, dilations, said, padding } = readPool(context, x);
    if (dilations.some((dilation) => dilation !== 1)) {
      const isPlain = ['NOTSET', 'VALID'].includes(attributes.text('auto_pad', 'NOTSET'));
      // onnxruntime's own shapes contradict each other where it pads such a pool by itself.
      if (op === 'AvgPool' || !isPlain) throw notImported(context, `its dilations are [${dilations}]`);
      return fromPicture(
        context,
        largestApart(context, padded(context, x, padding, lowest), { kernel, strides, dilations }),
        isLine,
      );
    }
    const [, height = 0, width = 0] = x.shape;
    // One window over all of the picture is a global pool, which an explanation can look through.
    const isGlobal = isNone(padding) && kernel[0] === height && kernel[1] === width;
    if (isGlobal)
      return fromPicture(context, builder.reduce(op === 'MaxPool' ? 'Max' : 'Mean', x, [1, 2], true), isLine);
    const place = { strides, dilations: [1, 1] as const };
    const countsPadding = op === 'AvgPool' && attributes.integer('count_include_pad', 0) === 1;
    const same = explicitPadding(x.shape, kernel, { ...place, padding: 'SAME' });
    // TensorFlow's own padding counts for nothing in either pool.
    if (isNone(padding))
      return fromPicture(context, builder.pool(op, x, kernel, { ...place, padding: 'VALID' }), isLine);
    if (isSame(padding, same) && !countsPadding) {
      return fromPicture(context, builder.pool(op, x, kernel, { ...place, padding: 'SAME' }), isLine);
    }
    const wide = padded(context, x, padding, op === 'MaxPool' ? lowest : 0);
    const pooled = builder.pool(op, wide, kernel, { ...place, padding: 'VALID' });
    if (op === 'MaxPool' || (countsPadding && isSame(padding, said))) return fromPicture(context, pooled, isLine);
    const counted = countsPadding ? said : { top: 0, bottom: 0, left: 0, right: 0 };
    return fromPicture(
      context,
      builder.multiply(
        pooled,
        corrections(context, pooled, { kernel, strides, dilations, said, padding }, counted, [height, width]),
      ),
      isLine,
    );
  };

/** The largest of places that lie apart, which no backend pools: along one axis and then the other, a shifted picture for each. */
function largestApart(
  context: OperationContext,
  x: GraphNode,
  { kernel, strides, dilations }: Pick<Pool, 'kernel' | 'strides' | 'dilations'>,
): GraphNode {
  const { builder } = context;
  return ([0, 1] as const).reduce<GraphNode>((node, axis) => {
    const place = axis + 1;
    const span = (kernel[axis] - 1) * dilations[axis];
    const count = Math.floor(((node.shape[place] as number) - span - 1) / strides[axis]) + 1;
    if (count < 1) throw new RangeError('its windows are larger than the picture');
    const shifted = Array.from({ length: kernel[axis] }, (_, at) => {
      const begin = node.shape.map((_size, other) => (other === place ? at * dilations[axis] : 0));
      const end = node.shape.map((size, other) =>
        other === place ? at * dilations[axis] + (count - 1) * strides[axis] + 1 : size,
      );
      const steps = node.shape.map((_size, other) => (other === place ? strides[axis] : 1));
      return builder.stridedSlice(node, begin, end, steps);
    });
    return shifted.reduce((largest, part) => builder.binary('Maximum', largest, part));
  }, x);
}

/** Of photos of 2048 x 2048. */
const mostPlaces = 2 ** 22;

/** For each place what its mean over whole windows has to be multiplied by: many of the window's places do not count. */
function corrections(
  { builder }: OperationContext,
  pooled: GraphNode,
  { kernel, strides, said }: Pool,
  counted: ExplicitPadding,
  [height, width]: readonly [number, number],
): GraphNode {
  const [, rows = 0, columns = 0] = pooled.shape;
  const places = (at: number, axis: 0 | 1, before: number, from: number, to: number) => {
    const begin = at * strides[axis] - before;
    return Math.min(begin + kernel[axis], to) - Math.max(begin, from);
  };
  if (rows * columns > mostPlaces)
    throw new RangeError(`a pool of ${rows} x ${columns} places is out of all proportion`);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const tall = places(row, 0, said.top, -counted.top, height + counted.bottom);
    for (let column = 0; column < columns; column++) {
      const wide = places(column, 1, said.left, -counted.left, width + counted.right);
      values[row * columns + column] = (kernel[0] * kernel[1]) / (tall * wide);
    }
  }
  return builder.constant('corrections', values, [1, rows, columns, 1]);
}

const poolAll =
  (op: 'Max' | 'Mean'): OperationConverter =>
  (context) => {
    const { x, isLine } = asPicture(context, inputOf(context));
    return fromPicture(context, context.builder.reduce(op, x, [1, 2], true), isLine);
  };

export const pooling: Readonly<Record<string, OperationConverter>> = {
  AveragePool: pool('AvgPool'),
  GlobalAveragePool: poolAll('Mean'),
  GlobalMaxPool: poolAll('Max'),
  MaxPool: pool('MaxPool'),
};
