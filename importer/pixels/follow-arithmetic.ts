import { type ConstantNode, type GraphNode, isConstant } from '../graph/node.ts';
import { type ChannelMap, type PixelTrace, type ReachedInputs, withChannels, withStep } from './pixel-trace.ts';

type Change = (map: ChannelMap, constant: number) => ChannelMap;

const byConstant: Readonly<Record<string, { readonly right: Change; readonly left?: Change }>> = {
  AddV2: { right: add, left: add },
  Sub: {
    right: (map, constant) => add(map, -constant),
    left: (map, constant) => add(multiply(map, -1), constant),
  },
  Mul: { right: multiply, left: multiply },
  RealDiv: { right: (map, constant) => multiply(map, 1 / constant) },
};

/**
 * Pixels behind a sum, difference, product or quotient with constants, one for all or one a channel, or behind weights
 * that make grey of red, green and blue; undefined for anything else.
 */
export function followArithmetic(node: GraphNode, reached: ReachedInputs): PixelTrace | undefined {
  if (node.op === 'Neg') return changeBy(node, reached[0], [-1], undefined, multiply);
  if (node.op === 'Sum') return addChannels(node, reached[0]);
  if (node.op === 'MatMul' || node.op === 'BatchMatMulV2' || node.op === 'Conv2D') return toGrey(node, reached[0]);
  const [left, right] = node.inputs;
  const change = byConstant[node.op];
  if (change === undefined || left === undefined || right === undefined) return undefined;
  if (isConstant(right)) return change.right && changeByNode(node, reached[0], right, change.right);
  return isConstant(left) && change.left ? changeByNode(node, reached[1], left, change.left) : undefined;
}

function add(map: ChannelMap, constant: number): ChannelMap {
  return { scale: map.scale, offset: map.offset + constant };
}

function multiply(map: ChannelMap, constant: number): ChannelMap {
  return { scale: map.scale * constant, offset: map.offset * constant };
}

function changeByNode(
  node: GraphNode,
  trace: PixelTrace | undefined,
  constant: ConstantNode,
  change: Change,
): PixelTrace | undefined {
  const values = Array.from(constant.values as ArrayLike<number>);
  if (values.every((value) => value === values[0])) return changeBy(node, trace, [values[0] ?? 0], undefined, change);
  // Counted from the last axis, as shapes broadcast.
  const varying = constant.shape.flatMap((size, at) =>
    size > 1 ? [at + node.shape.length - constant.shape.length] : [],
  );
  if (varying.length !== 1) return undefined;
  return changeBy(node, trace, values, varying[0], change);
}

function changeBy(
  node: GraphNode,
  trace: PixelTrace | undefined,
  constants: readonly number[],
  axis: number | undefined,
  change: Change,
): PixelTrace | undefined {
  if (trace === undefined) return undefined;
  if (axis !== undefined && trace.axis !== undefined && trace.axis !== axis) return undefined;
  const count = Math.max(trace.channels.length, constants.length);
  const before = Array.from({ length: count }, (_, at) => trace.channels[at % trace.channels.length] as ChannelMap);
  const channels = before.map((map, at) => change(map, constants[at % constants.length] as number));
  if (channels.some(({ scale, offset }) => !Number.isFinite(scale) || !Number.isFinite(offset))) return undefined;
  const next = withStep(trace, channels, axis ?? trace.axis);
  const { statistics } = node;
  if (statistics === undefined) return next;
  const seen = { ...next, statistics: [...trace.statistics, { channels: trace.channels, learnt: statistics }] };
  return statistics.isTrained ? { ...seen, steps: trace.steps, isLearnt: true } : seen;
}

/** Weights of red, green and blue that are summed afterwards. */
function addChannels(node: GraphNode, trace: PixelTrace | undefined): PixelTrace | undefined {
  const axes = node.inputs[1];
  if (trace?.axis === undefined || axes === undefined || !isConstant(axes)) return undefined;
  if (axes.values.length !== 1 || axes.values[0] !== trace.axis) return undefined;
  const once = trace.channels.map(() => 1);
  return withChannels(trace, [sumOf(trace.channels, once)]);
}

const sumTolerance = 0.01;

/** A product of each pixel's three channels by weights that sum to 1, none below zero: a photo made grey. */
function toGrey(node: GraphNode, trace: PixelTrace | undefined): PixelTrace | undefined {
  const kernel = node.inputs[1];
  if (trace === undefined || kernel === undefined || !isConstant(kernel)) return undefined;
  const weights = Array.from(kernel.values as ArrayLike<number>);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length !== 3 || kernel.shape.at(-1) !== 1 || weights.some((weight) => weight < 0)) return undefined;
  if (Math.abs(sum - 1) > sumTolerance) return undefined;
  return withChannels(trace, [sumOf(trace.channels, weights)]);
}

function sumOf(channels: readonly ChannelMap[], weights: readonly number[]): ChannelMap {
  return weights.reduce<ChannelMap>(
    (total, weight, at) => {
      const map = channels[at % channels.length] as ChannelMap;
      return { scale: total.scale + weight * map.scale, offset: total.offset + weight * map.offset };
    },
    { scale: 0, offset: 0 },
  );
}
