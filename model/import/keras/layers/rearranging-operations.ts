import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import { countValues, resolveAxis } from '../../graph/shape.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

/** The parts of one tensor along an axis, of these sizes. */
function cut(builder: GraphBuilder, x: GraphNode, axis: number, sizes: readonly number[]): GraphNode[] {
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
    if (typeof sections !== 'number' || (!mayDiffer && length % sections !== 0)) {
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

/** Positions of one axis in another order, some perhaps more than once; they are known beforehand. */
function pick(builder: GraphBuilder, x: GraphNode, axis: number, positions: readonly number[]): GraphNode {
  const shape = x.shape.map((size, at) => (at === axis ? positions.length : size));
  const inputs = [x, builder.integers('positions', positions), builder.integers('axis', [axis], [])];
  return builder.node('GatherV2', inputs, { shape, attributes: { batch_dims: { int: 0 } } });
}

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

const roll: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const [shifts, axes] = [given.integers(-1, 'shift') ?? [], given.integers(-1, 'axis')];
  if (axes === undefined || axes.length !== shifts.length) throw config.error('it rolls the batch');
  return axes.reduce((rolled, axis, at) => {
    const along = resolveAxis(axis, x.shape.length);
    const length = x.shape[along] as number;
    const first = ((((shifts[at] as number) % length) + length) % length) as number;
    if (first === 0) return rolled;
    const [front, back] = cut(builder, rolled, along, [length - first, first]);
    return builder.concat([back as GraphNode, front as GraphNode], along);
  }, x);
};

const tile: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const repeats = given.integers(-1, 'repeats', 'multiples') ?? [];
  if (repeats.length > x.shape.length) throw context.config.error('it adds axes');
  const all = [...Array(x.shape.length - repeats.length).fill(1), ...repeats] as number[];
  return all.reduce((tiled, count, axis) => (count === 1 ? tiled : builder.concat(Array(count).fill(tiled), axis)), x);
};

const repeat: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const [axis, counts] = [given.value(-1, 'axis'), given.integers(-1, 'repeats') ?? []];
  if (typeof axis !== 'number') throw config.error('it makes one axis of all');
  const along = resolveAxis(axis, x.shape.length);
  const positions = Array.from({ length: x.shape[along] as number }, (_, at) => at);
  return pick(
    builder,
    x,
    along,
    positions.flatMap((at) => Array(counts[at % counts.length] as number).fill(at)),
  );
};

const reorder =
  (read: (given: OperationArguments, axes: number[]) => number[]): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    const x = given.tensor(0, 'x');
    const order = read(
      given,
      x.shape.map((_, axis) => axis),
    );
    if (order[0] !== 0) throw context.config.error('it moves the batch');
    return context.builder.transpose(x, order);
  };

const swapAxes = reorder((given, axes) => {
  const [first, second] = [given.number(-1, 'axis1', 0), given.number(-1, 'axis2', 0)].map((axis) =>
    resolveAxis(axis, axes.length),
  ) as [number, number];
  return axes.map((axis) => (axis === first ? second : axis === second ? first : axis));
});

const moveAxis = reorder((given, axes) => {
  const read = (name: string) => (given.integers(-1, name) ?? []).map((axis) => resolveAxis(axis, axes.length));
  const [sources, destinations] = [read('source'), read('destination')];
  const rest = axes.filter((axis) => !sources.includes(axis));
  return axes.map((axis) => {
    const moved = destinations.indexOf(axis);
    return moved >= 0 ? (sources[moved] as number) : (rest.shift() as number);
  });
});

/** Zeros or a value around, or the picture's own edge mirrored, with the outermost pixel twice or once. */
const pad: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'tensor');
  const width = given.value(-1, 'pad_width', 'paddings');
  const amounts = x.shape.map((_, axis) => {
    const pair = Array.isArray(width) ? (Array.isArray(width[axis]) ? width[axis] : width) : [width, width];
    const [before = 0, after = before] = pair as number[];
    return [before, after] as const;
  });
  if (!amounts.flat().every((amount) => Number.isInteger(amount) && amount >= 0 && amount <= 2 ** 16)) {
    throw config.error(`its widths are ${JSON.stringify(width)}`);
  }
  const mode = String(given.value(-1, 'mode') ?? 'constant').toLowerCase();
  if (mode === 'constant') {
    const value = given.value(1, 'constant_values') ?? 0;
    if (typeof value !== 'number') throw config.error(`its values are ${JSON.stringify(value)}`);
    return builder.pad(x, amounts, value);
  }
  if (mode !== 'reflect' && mode !== 'symmetric') throw config.error(`its mode is ${mode}`);
  return amounts.reduce((padded, [before, after], axis) => {
    if (before + after === 0) return padded;
    const length = x.shape[axis] as number;
    const edge = mode === 'reflect' ? 1 : 0;
    if (Math.max(before, after) > length - edge) throw config.error('it mirrors more than there is');
    const positions = Array.from({ length: before + length + after }, (_, at) => {
      const from = at - before;
      return from < 0 ? -from - 1 + edge : from < length ? from : 2 * length - from - 1 - edge;
    });
    return pick(builder, padded, axis, positions);
  }, x);
};

const slice: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'inputs');
  const size = (given.integers(-1, 'shape') ?? []).map((count, axis) => (axis === 0 && count === -1 ? 1 : count));
  return context.builder.slice(x, given.integers(1, 'start_indices') ?? [], size);
};

const broadcastTo: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const wanted = given.integers(-1, 'shape') ?? [];
  const lead = wanted.length - x.shape.length;
  const shape = wanted.map((size, axis) => (size === -1 ? (x.shape[axis - lead] ?? 1) : size));
  return builder.add(builder.constant('zeros', new Float32Array(countValues(shape)), shape), x);
};

/** Blocks of pixels become channels, or the other way round. */
const moveBlocks =
  (toDepth: boolean): LayerConverter =>
  (context: LayerContext) => {
    const { builder, config } = context;
    const given = new OperationArguments(context);
    const x = given.tensor(0, 'input');
    const size = given.number(-1, 'block_size', 0);
    const [, height = 1, width = 1, channels = 1] = x.shape;
    if (!Number.isInteger(size) || size < 1) throw config.error(`its block_size is ${size}`);
    if (toDepth) {
      const blocks = builder.reshape(x, [1, height / size, size, width / size, size, channels]);
      const shape = [1, height / size, width / size, size * size * channels];
      return builder.reshape(builder.transpose(blocks, [0, 1, 3, 2, 4, 5]), shape);
    }
    const blocks = builder.reshape(x, [1, height, width, size, size, channels / size ** 2]);
    const shape = [1, height * size, width * size, channels / size ** 2];
    return builder.reshape(builder.transpose(blocks, [0, 1, 3, 2, 4, 5]), shape);
  };

export const rearrangingOperations: Readonly<Record<string, LayerConverter>> = {
  ArraySplit: split(true),
  BroadcastTo: broadcastTo,
  DepthToSpace: moveBlocks(false),
  Moveaxis: moveAxis,
  Pad: pad,
  Repeat: repeat,
  Roll: roll,
  Slice: slice,
  SpaceToDepth: moveBlocks(true),
  Split: split(false),
  Swapaxes: swapAxes,
  Take: take,
  Tile: tile,
  Unstack: unstack,
};
