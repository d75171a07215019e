import { type ConstantNode, type GraphNode, isConstant } from '../graph/node.ts';
import { listWords } from '../list-words.ts';
import { followArithmetic } from './follow-arithmetic.ts';
import { type ChannelMap, type PixelTrace, type ReachedInputs, withChannels } from './pixel-trace.ts';

/** Leave every value as it is, or between its neighbours', on the axes that the picture has. */
const moving = new Set(
  listWords(`
    Identity Cast Round Floor Ceil ClipByValue Pad PadV2 MirrorPad Tile ResizeBilinear ResizeNearestNeighbor
    MaxPool AvgPool
  `),
);

/**
 * The pixels behind a node that is given some, `reached` telling which of its inputs; undefined where the node does more
 * to them than to move or scale them.
 */
export function followNode(node: GraphNode, reached: ReachedInputs): PixelTrace | undefined {
  const trace = reached[0];
  if (node.op === 'ConcatV2') return concatenate(node, reached);
  if (reached.filter((one) => one !== undefined).length > 1) return undefined;
  const arithmetic = followArithmetic(node, reached);
  if (arithmetic !== undefined) return arithmetic;
  if (isResizeMatrix(node)) return reached[1];
  if (trace === undefined) return undefined;
  if (moving.has(node.op)) return trace;
  return followers[node.op]?.(node, trace);
}

const followers: Readonly<Record<string, (node: GraphNode, trace: PixelTrace) => PixelTrace | undefined>> = {
  Reshape: ({ shape, inputs: [x] }, trace) => {
    if (trace.axis === undefined) return trace;
    const isLast = trace.axis === (x?.shape.length ?? 0) - 1 && shape.at(-1) === x?.shape.at(-1);
    if (isLast) return { ...trace, axis: shape.length - 1 };
    // Channels that went different ways now stand among each other.
    return { ...trace, axis: Number.NaN };
  },
  Transpose: (node, trace) => {
    const order = numbersOf(node.inputs[1]);
    return order && { ...trace, ...(trace.axis !== undefined && { axis: order.indexOf(trace.axis) }) };
  },
  ReverseV2: (node, trace) => {
    const isOfChannels = numbersOf(node.inputs[1])?.includes(trace.axis ?? -1) ?? false;
    return isOfChannels ? { ...trace, channels: trace.channels.toReversed() } : trace;
  },
  Slice: (node, trace) => pick(node, trace, 1),
  StridedSlice: (node, trace) => pick(node, trace, numbersOf(node.inputs[3])?.[trace.axis ?? 0] ?? 1),
  GatherV2: (node, trace) => {
    const [, indices, axis] = node.inputs;
    if (trace.axis === undefined || numbersOf(axis)?.[0] !== trace.axis) return trace;
    const taken = numbersOf(indices)?.map((at) => trace.channels[at]);
    return taken?.every((map): map is ChannelMap => map !== undefined) ? withChannels(trace, taken) : undefined;
  },
  Mean: (node, trace) => reduce(node, trace, divide),
  Max: (node, trace) => reduce(node, trace, undefined),
  Min: (node, trace) => reduce(node, trace, undefined),
};

function divide({ scale, offset }: ChannelMap, count: number): ChannelMap {
  return { scale: scale / count, offset: offset / count };
}

function pick(node: GraphNode, trace: PixelTrace, step: number): PixelTrace | undefined {
  if (trace.axis === undefined) return trace;
  const begin = numbersOf(node.inputs[1])?.[trace.axis];
  const size = node.shape[trace.axis];
  if (begin === undefined || size === undefined) return undefined;
  const taken = trace.channels.filter((_, at) => at >= begin && at < begin + size * step && (at - begin) % step === 0);
  return taken.length === 0 ? undefined : withChannels(trace, taken);
}

/** An average or extreme lies between what it is of; over channels that went different ways it is taken of their maps. */
function reduce(
  node: GraphNode,
  trace: PixelTrace,
  average: ((sum: ChannelMap, count: number) => ChannelMap) | undefined,
): PixelTrace | undefined {
  const axes = numbersOf(node.inputs[1]) ?? [];
  if (trace.axis === undefined) return trace;
  if (!axes.includes(trace.axis)) return { ...trace, axis: axisAfter(node, trace.axis, axes) };
  if (average === undefined) return undefined;
  const sum = trace.channels.reduce((all, map) => ({
    scale: all.scale + map.scale,
    offset: all.offset + map.offset,
  }));
  return withChannels(trace, [average(sum, trace.channels.length)]);
}

function axisAfter(node: GraphNode, axis: number, axes: readonly number[]): number {
  const keeps = node.attributes.keep_dims;
  if (keeps !== undefined && 'bool' in keeps && keeps.bool) return axis;
  return axis - axes.filter((reduced) => reduced < axis).length;
}

/** A grey channel repeated, or channels put together again; constants among them say nothing of the pixels. */
function concatenate(node: GraphNode, reached: ReachedInputs): PixelTrace | undefined {
  const axis = numbersOf(node.inputs.at(-1))?.[0];
  const parts = node.inputs.slice(0, -1).map((input, at) => ({ input, trace: reached[at] }));
  const traced = parts.flatMap(({ trace }) => trace ?? []);
  const [first] = traced;
  if (first === undefined || axis === undefined) return undefined;
  if (parts.some(({ input, trace }) => trace === undefined && !isConstant(input))) return undefined;
  // Of channels that went different ways and lie along another axis the result is not one list.
  if (traced.some((trace) => trace.axis !== undefined && trace.axis !== axis)) return undefined;
  const longest = traced.reduce((most, one) => (one.steps.length > most.steps.length ? one : most), first);
  const channels = parts.flatMap(({ input, trace }) => {
    if (trace === undefined) return [];
    return trace.axis === axis ? trace.channels : Array(input.shape[axis] ?? 1).fill(trace.channels[0]);
  });
  const joined = withChannels(longest, channels, axis);
  // Each part's last step is one of a single channel; the picture as a whole is what the next layer sees.
  const hasSteps = longest.steps.length > 0 && !longest.isLearnt;
  return hasSteps ? { ...joined, steps: [...longest.steps, joined.channels] } : joined;
}

/** A product by rows that sum to 1 and are mostly zero: bicubic and Lanczos resizing. */
function isResizeMatrix(node: GraphNode): boolean {
  const [matrix, x] = node.inputs;
  if (node.op !== 'BatchMatMulV2' || matrix === undefined || x === undefined || !isConstant(matrix)) return false;
  return hasRowsOfOne(matrix);
}

const sumTolerance = 1e-3;

function hasRowsOfOne({ values, shape }: ConstantNode): boolean {
  const length = shape.at(-1) ?? 1;
  for (let start = 0; start < values.length; start += length) {
    let sum = 0;
    for (let at = start; at < start + length; at++) sum += values[at] as number;
    if (Math.abs(sum - 1) > sumTolerance) return false;
  }
  return true;
}

function numbersOf(node: GraphNode | undefined): number[] | undefined {
  return node !== undefined && isConstant(node) ? Array.from(node.values) : undefined;
}
