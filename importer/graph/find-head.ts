import { type ConstantNode, type GraphNode, isConstant } from './node.ts';
import { areSharesOfOne } from './shares-of-one.ts';

/** The end of a classifier, as far as it has the usual form. */
export interface Head {
  readonly score: GraphNode;
  /** Shares that sum to 1 are as those of a softmax, whatever made them. */
  readonly kind: 'logits' | 'softmax' | 'sigmoid';
  /** What the final softmax or sigmoid is given; undefined where the model ends without one. */
  readonly logits: GraphNode | undefined;
  /** What the last dense layer is given. */
  readonly features: GraphNode | undefined;
  readonly kernel: ConstantNode | undefined;
  readonly bias: ConstantNode | undefined;
  /** What the global pooling before the last dense layer is given: [batch, height, width, channels]. */
  readonly map: GraphNode | undefined;
  readonly pooling: 'average' | 'max' | undefined;
  /** Whether the features are the pooled map and nothing else, so that kernel x map shows where evidence lies. */
  readonly isLinearInMap: boolean;
}

const finals: Readonly<Record<string, Head['kind']>> = { Softmax: 'softmax', Sigmoid: 'sigmoid' };

/** Walks back from the model's result; works on the graph before and after the passes. */
export function findHead(score: GraphNode): Head {
  const last = skip(score, passesThrough);
  const fused = last.activation?.op === 'Sigmoid' ? 'sigmoid' : undefined;
  const kind = finals[last.op] ?? fused ?? (areSharesOfOne(last) ? 'softmax' : 'logits');
  const logits = finals[last.op] === undefined ? undefined : last.inputs[0];
  const dense = findDense(logits ?? last);
  const features = dense?.node.inputs[0];
  const pool = features && findPool(features);
  return {
    score,
    kind,
    logits,
    features,
    kernel: dense?.kernel,
    bias: dense?.bias,
    map: pool?.node.inputs[0],
    pooling: pool?.pooling,
    isLinearInMap: pool?.isDirect ?? false,
  };
}

/** What changes no value but its place, or cuts it off where a quantised file's 8 bits end. */
const passesThrough = (node: GraphNode) =>
  node.op === 'Reshape' || node.op === 'Identity' || node.op === 'ClipByValue' || isBound(node);

function isBound({ op, inputs }: GraphNode): boolean {
  const bound = inputs[1];
  return (
    (op === 'Minimum' || op === 'Maximum') && bound !== undefined && isConstant(bound) && bound.values.length === 1
  );
}

function skip(node: GraphNode, isSkipped: (node: GraphNode) => boolean): GraphNode {
  let current = node;
  for (let next = current.inputs[0]; next !== undefined && isSkipped(current); next = current.inputs[0]) current = next;
  return current;
}

interface DenseNode {
  readonly node: GraphNode;
  readonly kernel: ConstantNode;
  readonly bias: ConstantNode | undefined;
}

/** A matrix product, or a convolution of one pixel on one pixel, with its bias in the node or added after it. */
function findDense(from: GraphNode): DenseNode | undefined {
  let node = skip(from, passesThrough);
  const added = node.op === 'AddV2' ? node.inputs[1] : undefined;
  if (added && isConstant(added) && node.inputs[0]) node = skip(node.inputs[0], passesThrough);
  const [x, kernel, bias = added] = node.inputs;
  const isPixel =
    node.op === 'Conv2D' && x?.shape[1] === 1 && x.shape[2] === 1 && kernel?.shape[0] === 1 && kernel.shape[1] === 1;
  if ((node.op !== 'MatMul' && !isPixel) || kernel === undefined || !isConstant(kernel)) return undefined;
  return { node, kernel, bias: bias && isConstant(bias) ? bias : undefined };
}

/** What may lie between pooling and the last dense layer and still leave one vector a picture. */
const isVectorStep = (node: GraphNode) => (node.shape[0] === 1 && !isPool(node)) || passesThrough(node);

function findPool(features: GraphNode): { node: GraphNode; pooling: 'average' | 'max'; isDirect: boolean } | undefined {
  const direct = skip(features, passesThrough);
  const node = isPool(direct) ? direct : skip(features, (step) => isVectorStep(step) && isVector(step));
  if (!isPool(node)) return undefined;
  return { node, pooling: node.op === 'Mean' ? 'average' : 'max', isDirect: node === direct };
}

/** Whichever of its axes the channels lie along. */
function isVector({ shape }: GraphNode): boolean {
  return shape.filter((size) => size !== 1).length <= 1;
}

function isPool(node: GraphNode): boolean {
  const [x, axes] = node.inputs;
  if ((node.op !== 'Mean' && node.op !== 'Max') || x?.shape.length !== 4 || axes === undefined) return false;
  return (
    axes.values?.length === 2 &&
    axes.values[0] === 1 &&
    axes.values[1] === 2 &&
    (x.shape[1] as number) * (x.shape[2] as number) > 1
  );
}
