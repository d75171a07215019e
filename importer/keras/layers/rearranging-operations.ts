import type { GraphNode } from '../../graph/node.ts';
import { pick } from '../../graph/rearrange.ts';
import { countValues, requireReasonableShape, resolveAxis } from '../../graph/shape.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';
import { cut } from './taking-operations.ts';

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

/** No classifier has use for more, and a hostile file must not ask for it. */
const mostCopies = 1024;

function requireCopies({ config }: LayerContext, count: number): void {
  if (count < 1 || count > mostCopies) throw config.error(`it makes ${count} copies`);
}

const tile: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const repeats = given.integers(-1, 'repeats', 'multiples') ?? [];
  if (repeats.length > x.shape.length) throw context.config.error('it adds axes');
  for (const count of repeats) requireCopies(context, count);
  const all = [...Array(x.shape.length - repeats.length).fill(1), ...repeats] as number[];
  return all.reduce((tiled, count, axis) => (count === 1 ? tiled : builder.concat(Array(count).fill(tiled), axis)), x);
};

const repeat: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const [axis, counts] = [given.value(-1, 'axis'), given.integers(-1, 'repeats') ?? []];
  if (typeof axis !== 'number') throw config.error('it makes one axis of all');
  for (const count of counts) requireCopies(context, count);
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

const broadcastTo: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const wanted = given.integers(-1, 'shape') ?? [];
  const lead = wanted.length - x.shape.length;
  const shape = wanted.map((size, axis) => (size === -1 ? (x.shape[axis - lead] ?? 1) : size));
  requireReasonableShape(shape);
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

/** Calls that put what a tensor holds in another order, perhaps more than once. */
export const rearrangingOperations: Readonly<Record<string, LayerConverter>> = {
  BroadcastTo: broadcastTo,
  DepthToSpace: moveBlocks(false),
  Moveaxis: moveAxis,
  Repeat: repeat,
  Roll: roll,
  SpaceToDepth: moveBlocks(true),
  Swapaxes: swapAxes,
  Tile: tile,
};
