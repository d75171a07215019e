import { type GraphNode, isConstant } from '../graph/node.ts';
import { countValues, resolveAxis } from '../graph/shape.ts';
import { applyFusedActivation } from './fused-activation.ts';
import {
  inputOf,
  notImported,
  type OperationContext,
  type OperationConverter,
  wholeNumbers,
} from './operation-context.ts';

const reshape: OperationConverter = (context) => {
  const { builder, inputs, options } = context;
  const x = inputOf(context);
  const wanted = inputs[1] === undefined ? (options?.int32s(0) ?? []) : wholeNumbers(context, 1);
  const known = wanted.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return builder.reshape(
    x,
    wanted.map((size) => (size === -1 ? countValues(x.shape) / known : size)),
  );
};

/** Takes sizes of 1 away or puts them in; the file's own shape of the result says which. */
const toShapeOfFile: OperationConverter = (context) => {
  const x = inputOf(context);
  if (countValues(context.shape) !== countValues(x.shape))
    throw notImported(context, 'its shape does not fit its input');
  return context.builder.reshape(x, context.shape);
};

const transpose: OperationConverter = (context) =>
  context.builder.transpose(inputOf(context), wholeNumbers(context, 1));

const concatenate: OperationConverter = (context) => {
  const { builder, inputs, options } = context;
  const parts = inputs.map((_, index) => inputOf(context, index));
  return applyFusedActivation(context, builder.concat(parts, options?.int32(0) ?? 0), options?.int8(1) ?? 0);
};

const pad: OperationConverter = (context) => {
  const amounts = wholeNumbers(context, 1);
  const value = context.inputs[2];
  if (value !== undefined && !isConstant(value)) throw notImported(context, 'its padding depends on the photo');
  const pairs = inputOf(context).shape.map((_, axis): [number, number] => [
    amounts[axis * 2] as number,
    amounts[axis * 2 + 1] as number,
  ]);
  return context.builder.pad(inputOf(context), pairs, value?.values[0] ?? 0);
};

function splitInto(context: OperationContext, x: GraphNode, axis: number, sizes: readonly number[]): GraphNode[] {
  const along = resolveAxis(axis, x.shape.length);
  let first = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, at) => (at === along ? first : 0));
    first += size;
    return context.builder.slice(
      x,
      begin,
      x.shape.map((whole, at) => (at === along ? size : whole)),
    );
  });
}

const split: OperationConverter = (context) => {
  const x = inputOf(context, 1);
  const axis = resolveAxis(wholeNumbers(context, 0)[0] as number, x.shape.length);
  const size = (x.shape[axis] as number) / context.outputCount;
  return splitInto(context, x, axis, Array(context.outputCount).fill(size));
};

const splitUnevenly: OperationConverter = (context) =>
  splitInto(context, inputOf(context), wholeNumbers(context, 2)[0] as number, wholeNumbers(context, 1));

const unpack: OperationConverter = (context) => {
  const x = inputOf(context);
  const axis = resolveAxis(context.options?.int32(1) ?? 0, x.shape.length);
  return splitInto(context, x, axis, Array(context.outputCount).fill(1)).map((part) =>
    context.builder.reshape(
      part,
      part.shape.filter((_, at) => at !== axis),
    ),
  );
};

const pack: OperationConverter = (context) => {
  const { builder, inputs, options } = context;
  const parts = inputs.map((_, index) => inputOf(context, index));
  const axis = resolveAxis(options?.int32(1) ?? 0, (parts[0]?.shape.length ?? 0) + 1);
  return builder.concat(
    parts.map((part) => builder.reshape(part, part.shape.toSpliced(axis, 0, 1))),
    axis,
  );
};

const shapeOf: OperationConverter = (context) => context.builder.integers('shape', inputOf(context).shape);

const broadcast: OperationConverter = (context) => {
  const shape = wholeNumbers(context, 1);
  const ones = context.builder.constant('ones', new Float32Array(countValues(shape)).fill(1), shape);
  return context.builder.multiply(inputOf(context), ones);
};

/** Repeats along each axis. */
const tile: OperationConverter = (context) => {
  const counts = wholeNumbers(context, 1);
  return counts.reduce(
    (tiled, count, axis) => (count === 1 ? tiled : context.builder.concat(Array(count).fill(tiled), axis)),
    inputOf(context),
  );
};

const resize =
  (op: 'ResizeBilinear' | 'ResizeNearestNeighbor', alignField: number, halfField: number): OperationConverter =>
  (context) => {
    const { builder, options } = context;
    const [height = 0, width = 0] = wholeNumbers(context, 1);
    const resized = builder.resize(op, inputOf(context), height, width);
    const attributes = {
      align_corners: { bool: options?.boolean(alignField) ?? false },
      half_pixel_centers: { bool: options?.boolean(halfField) ?? false },
    };
    return { ...resized, attributes };
  };

const depthToSpace: OperationConverter = (context) => {
  const { builder, options } = context;
  const x = inputOf(context);
  const block = options?.int32(0) ?? 1;
  const [batch = 1, height = 0, width = 0, channels = 0] = x.shape;
  return builder.node('DepthToSpace', [x], {
    shape: [batch, height * block, width * block, channels / block ** 2],
    attributes: { block_size: { int: block } },
  });
};

const batchMatMul: OperationConverter = (context) =>
  context.builder.matMul(inputOf(context), inputOf(context, 1), {
    a: context.options?.boolean(0) ?? false,
    b: context.options?.boolean(1) ?? false,
  });

export const shapes: Readonly<Record<string, OperationConverter>> = {
  RESHAPE: reshape,
  SQUEEZE: toShapeOfFile,
  EXPAND_DIMS: toShapeOfFile,
  TRANSPOSE: transpose,
  CONCATENATION: concatenate,
  PAD: pad,
  PADV2: pad,
  SPLIT: split,
  SPLIT_V: splitUnevenly,
  PACK: pack,
  UNPACK: unpack,
  SHAPE: shapeOf,
  BROADCAST_TO: broadcast,
  TILE: tile,
  RESIZE_BILINEAR: resize('ResizeBilinear', 2, 3),
  RESIZE_NEAREST_NEIGHBOR: resize('ResizeNearestNeighbor', 0, 1),
  DEPTH_TO_SPACE: depthToSpace,
  BATCH_MATMUL: batchMatMul,
};
