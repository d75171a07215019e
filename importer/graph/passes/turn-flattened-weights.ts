import { transposeValues } from '../fold-constants.ts';
import { type ConstantNode, type GraphNode, isConstant } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';

/** Operations that make each value from the one at its place. */
const pointByPoint = new Set(['Relu', 'Relu6', 'Elu', 'Selu', 'LeakyRelu', 'Sigmoid', 'Tanh', 'Softplus', 'Identity']);

/**
 * A picture that is turned and then flattened for a dense layer, as a file with channels first has it, is flattened as it
 * lies, and the rows of the layer's weights change places instead.
 */
export const turnFlattenedWeights: RewriteRule = (node, isUsedHereOnly) => {
  const [x, weights] = node.inputs;
  if (x === undefined || !isUsedHereOnly(x)) return node;
  const turned = readTurned(x);
  if (turned === undefined) return node;
  if (pointByPoint.has(node.op) && node.inputs.length === 1) return passThrough(node, x, turned);
  const isDense =
    node.op === 'MatMul' && Object.values(node.attributes).every((flag) => !('bool' in flag) || !flag.bool);
  if (!isDense || weights === undefined || !isConstant(weights) || x.shape.length !== 2) return node;
  return { ...node, inputs: [turned.flatten, turnRows(weights, turned), ...node.inputs.slice(2)] };
};

interface Turned {
  readonly transpose: GraphNode;
  /** The axes of the picture in the order in which the transpose puts them. */
  readonly order: readonly number[];
  /** The picture flattened as it lies. */
  readonly flatten: GraphNode;
}

/** A Reshape to one row of a Transpose. */
function readTurned(x: GraphNode): Turned | undefined {
  const [transpose, shape] = x.inputs;
  const [picture, order] = transpose?.inputs ?? [];
  const isTurned = x.op === 'Reshape' && transpose?.op === 'Transpose' && x.shape.length === 2 && x.shape[0] === 1;
  if (!isTurned || transpose === undefined || picture === undefined || shape === undefined) return undefined;
  if (order === undefined || !isConstant(order)) return undefined;
  return { transpose, order: [...order.values], flatten: { ...x, inputs: [picture, shape] } };
}

/** The operation on the picture as it lies, turned and flattened after. */
function passThrough(node: GraphNode, x: GraphNode, { transpose }: Turned): GraphNode {
  const [picture] = transpose.inputs as [GraphNode];
  const inner: GraphNode = { ...node, inputs: [picture], shape: picture.shape };
  return { ...x, inputs: [{ ...transpose, inputs: [inner, ...transpose.inputs.slice(1)] }, ...x.inputs.slice(1)] };
}

function turnRows(weights: ConstantNode, { transpose, order }: Turned): ConstantNode {
  const back = order.map((_, axis) => order.indexOf(axis));
  const columns = weights.shape[1] as number;
  const values = transposeValues(weights.values, [...transpose.shape, columns], [...back, order.length]);
  return { ...weights, values };
}
