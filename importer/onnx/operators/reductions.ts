import type { Reduction } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import { type LaidOut, placeOfAxis } from '../laid-out.ts';
import {
  inputOf,
  like,
  numbersOrAttribute,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';

/** Over the axes given, or over all; ONNX keeps them as axes of one place unless it is told not to. */
export function reduceAxes(context: OperationContext): {
  readonly x: LaidOut;
  readonly axes: number[];
  readonly keepsAxes: boolean;
} {
  const { attributes } = context;
  const x = inputOf(context);
  const given = numbersOrAttribute(context, 1, 'axes') ?? [];
  const isNothing = given.length === 0 && attributes.integer('noop_with_empty_axes', 0) === 1;
  const axes = given.length === 0 && !isNothing ? [...x.order.keys()] : given;
  return { x, axes: axes.map((axis) => placeOfAxis(x, axis)), keepsAxes: attributes.integer('keepdims', 1) === 1 };
}

/** The result of a reduction over places of the node, its axes in their order. */
export function reduced({ x, axes, keepsAxes }: ReturnType<typeof reduceAxes>, node: GraphNode): LaidOut {
  if (keepsAxes) return like(x, node);
  const kept = x.order.filter((_, place) => !axes.includes(place));
  const sorted = kept.toSorted((a, b) => a - b);
  return { node, order: kept.map((axis) => sorted.indexOf(axis)) };
}

const reduce =
  (op: Reduction): OperationConverter =>
  (context) => {
    const parts = reduceAxes(context);
    if (parts.axes.length === 0) return parts.x;
    return reduced(parts, context.builder.reduce(op, parts.x.node, parts.axes, parts.keepsAxes));
  };

/** A sum of what `before` makes of each value; `after` is done to the sum. */
const reduceOf =
  (before: 'Square' | 'Abs' | undefined, after?: 'Sqrt' | 'Log'): OperationConverter =>
  (context) => {
    const { builder } = context;
    const parts = reduceAxes(context);
    const { node } = parts.x;
    const values = before === undefined ? node : builder.unary(before, node);
    const sum = builder.reduce('Sum', values, parts.axes, parts.keepsAxes);
    return reduced(parts, after === undefined ? sum : builder.unary(after, sum));
  };

/** The largest value is taken off before and put back after, as onnxruntime does: a power of it may be beyond any number. */
const reduceLogSumExp: OperationConverter = (context) => {
  const { builder } = context;
  const parts = reduceAxes(context);
  const { node } = parts.x;
  const largest = builder.reduce('Max', node, parts.axes, true);
  const powers = builder.unary('Exp', builder.subtract(node, largest));
  const logarithm = builder.unary('Log', builder.reduce('Sum', powers, parts.axes, true));
  const whole = builder.add(logarithm, largest);
  const shape = whole.shape.filter((_, place) => parts.keepsAxes || !parts.axes.includes(place));
  return reduced(parts, builder.reshape(whole, shape));
};

export const reductions: Readonly<Record<string, OperationConverter>> = {
  ReduceL1: reduceOf('Abs'),
  ReduceL2: reduceOf('Square', 'Sqrt'),
  ReduceLogSum: reduceOf(undefined, 'Log'),
  ReduceLogSumExp: reduceLogSumExp,
  ReduceMax: reduce('Max'),
  ReduceMean: reduce('Mean'),
  ReduceMin: reduce('Min'),
  ReduceProd: reduce('Prod'),
  ReduceSum: reduce('Sum'),
  ReduceSumSquare: reduceOf('Square'),
};
