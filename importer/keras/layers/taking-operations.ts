import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import { pick } from '../../graph/rearrange.ts';
import { resolveAxis } from '../../graph/shape.ts';
import type { LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

/** The parts of one tensor along an axis, of these sizes. */
export function cut(builder: GraphBuilder, x: GraphNode, axis: number, sizes: readonly number[]): GraphNode[] {
  const along = resolveAxis(axis, x.shape.length);
  if (sizes.reduce((sum, size) => sum + size, 0) !== x.shape[along]) {
    throw new RangeError(`Parts of [${sizes}] do not make up the axis ${axis} of [${x.shape}].`);
  }
  let first = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, at) => (at === along ? first : 0));
    first += size;
    return builder.slice(
      x,
      begin,
      x.shape.map((whole, at) => (at === along ? size : whole)),
    );
  });
}

/** Into equal parts, or before each of the positions; TensorFlow's takes sizes instead of positions. */
const split =
  (mayDiffer: boolean): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    const x = given.tensor(0, 'x', 'value');
    const axis = resolveAxis(given.number(-1, 'axis', 0), x.shape.length);
    const length = x.shape[axis] as number;
    const sizes = given.value(-1, 'num_or_size_splits');
    if (Array.isArray(sizes)) return cut(context.builder, x, axis, openSize(sizes as number[], length));
    const sections = sizes ?? given.value(-1, 'indices_or_sections');
    if (Array.isArray(sections)) {
      const edges = [0, ...(sections as number[]), length];
      return cut(
        context.builder,
        x,
        axis,
        edges.slice(1).map((edge, at) => edge - (edges[at] as number)),
      );
    }
    const isCount = typeof sections === 'number' && Number.isInteger(sections) && sections >= 1 && sections <= length;
    if (!isCount || (!mayDiffer && length % sections !== 0)) {
      throw context.config.error(`it cannot be cut into ${JSON.stringify(sections)} parts`);
    }
    const parts = Array.from(
      { length: sections },
      (_, at) => Math.floor(length / sections) + (at < length % sections ? 1 : 0),
    );
    return cut(context.builder, x, axis, parts);
  };

function openSize(sizes: readonly number[], length: number): number[] {
  const known = sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
  return sizes.map((size) => (size === -1 ? length - known : size));
}

const unstack: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'value');
  const axis = resolveAxis(given.number(-1, 'axis', 0), x.shape.length);
  const shape = x.shape.filter((_, at) => at !== axis);
  const parts = cut(builder, x, axis, Array(x.shape[axis] as number).fill(1));
  return parts.map((part) => builder.reshape(part, shape));
};

const take: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'params');
  const axis = given.value(-1, 'axis');
  const indices = given.value(1, 'indices');
  const isList = Array.isArray(indices) && indices.every((position) => Number.isInteger(position));
  if (typeof axis !== 'number' || (!isList && !Number.isInteger(indices)))
    throw config.error('its positions are no constants');
  const along = resolveAxis(axis, x.shape.length);
  const length = x.shape[along] as number;
  const positions = [indices]
    .flat()
    .map((position) => ((position as number) < 0 ? (position as number) + length : (position as number)));
  if (positions.some((position) => position < 0 || position >= length))
    throw config.error('it takes what is not there');
  const taken = pick(builder, x, along, positions);
  return isList
    ? taken
    : builder.reshape(
        taken,
        taken.shape.filter((_, at) => at !== along),
      );
};

const slice: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'inputs');
  const size = (given.integers(-1, 'shape') ?? []).map((count, axis) => (axis === 0 && count === -1 ? 1 : count));
  return context.builder.slice(x, given.integers(1, 'start_indices') ?? [], size);
};

/** Calls that take parts of a tensor. */
export const takingOperations: Readonly<Record<string, LayerConverter>> = {
  ArraySplit: split(true),
  Slice: slice,
  Split: split(false),
  Take: take,
  Unstack: unstack,
};
