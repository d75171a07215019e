import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type GraphNode, isConstant, type Shape } from '../graph/node.ts';
import { countValues, requireReasonableShape, resolveAxis } from '../graph/shape.ts';

/**
 * A tensor of the ONNX graph as a node of ours whose axes may lie in another order: `order[at]` is the axis of ONNX's
 * that lies at the place `at` of the node's shape. Pictures are [batch, channels, height, width] there and lie as
 * [batch, height, width, channels] here, which is the order 0, 2, 3, 1; a Transpose of ONNX's only changes the order.
 */
export interface LaidOut {
  readonly node: GraphNode;
  readonly order: readonly number[];
}

/** The order of a picture's axes that every kernel here reads. */
export const channelsLast: readonly number[] = [0, 2, 3, 1];

/** As the builder's, but of what was reshaped before, where it was. */
export function reshapeNode(builder: GraphBuilder, x: GraphNode, shape: Shape): GraphNode {
  const [inner] = x.inputs;
  return x.op === 'Reshape' && inner !== undefined ? reshapeNode(builder, inner, shape) : builder.reshape(x, shape);
}

/** A node whose axes lie as ONNX has them. */
export function laidPlain(node: GraphNode): LaidOut {
  requireReasonableShape(node.shape);
  return { node, order: node.shape.map((_, axis) => axis) };
}

/** The shape as ONNX has it. */
export function shapeOf({ node, order }: LaidOut): number[] {
  const shape: number[] = Array(order.length);
  order.forEach((axis, at) => {
    shape[axis] = node.shape[at] as number;
  });
  return shape;
}

/** Where an axis of ONNX's lies; negative axes count from the last one. Throws a RangeError where there is none. */
export function placeOfAxis({ order }: LaidOut, axis: number): number {
  return order.indexOf(resolveAxis(axis, order.length));
}

/** The same tensor with its axes in the order asked for; by a Transpose only where axes of more than one place move. */
export function arrange(builder: GraphBuilder, { node, order }: LaidOut, wanted: readonly number[]): GraphNode {
  const from = wanted.map((axis) => order.indexOf(axis));
  if (from.every((place, at) => place === at)) return node;
  const moving = from.filter((place) => node.shape[place] !== 1);
  const isInOrder = moving.every((place, at) => at === 0 || place > (moving[at - 1] as number));
  if (isInOrder) {
    return reshapeNode(
      builder,
      node,
      from.map((place) => node.shape[place] as number),
    );
  }
  return builder.transpose(node, from);
}

/** The tensor as ONNX has it. */
export function plain(builder: GraphBuilder, value: LaidOut): GraphNode {
  return arrange(
    builder,
    value,
    value.order.map((_, axis) => axis),
  );
}

/** A picture as the kernels read it. Throws a RangeError where it has other than four axes. */
export function picture(builder: GraphBuilder, value: LaidOut): GraphNode {
  if (value.order.length !== 4) throw new RangeError(`a tensor of [${shapeOf(value)}] is not a picture`);
  return arrange(builder, value, channelsLast);
}

/** Both operands of an element-wise operation with as many axes in the same order, those of the larger one. */
export function alignOperands(
  builder: GraphBuilder,
  a: LaidOut,
  b: LaidOut,
): { readonly a: GraphNode; readonly b: GraphNode; readonly order: readonly number[] } {
  const rank = Math.max(a.order.length, b.order.length);
  const [wideA, wideB] = [widen(builder, a, rank), widen(builder, b, rank)];
  const isLedByA =
    isConstant(b.node) || (!isConstant(a.node) && countValues(a.node.shape) >= countValues(b.node.shape));
  const order = isLedByA ? wideA.order : wideB.order;
  const operand = (value: LaidOut, wide: LaidOut) =>
    isScalarConstant(value) && rank > 0 ? builder.reshape(value.node, []) : arrange(builder, wide, order);
  const areBothScalar = isScalarConstant(a) && isScalarConstant(b);
  return areBothScalar
    ? { a: wideA.node, b: wideB.node, order }
    : { a: operand(a, wideA), b: operand(b, wideB), order };
}

function isScalarConstant({ node }: LaidOut): boolean {
  return isConstant(node) && node.values.length === 1;
}

/** With leading axes of one place, as broadcasting has it. */
export function widen(builder: GraphBuilder, value: LaidOut, rank: number): LaidOut {
  const missing = rank - value.order.length;
  if (missing <= 0) return value;
  const lead: Shape = Array(missing).fill(1);
  requireReasonableShape([...lead, ...value.node.shape]);
  return {
    node: reshapeNode(builder, value.node, [...lead, ...value.node.shape]),
    order: [...lead.keys(), ...value.order.map((axis) => axis + missing)],
  };
}
