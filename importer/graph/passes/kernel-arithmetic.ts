import { type ConstantNode, type GraphNode, isConstant, type Values } from '../node.ts';

/** An operation with a kernel and perhaps a bias; `channels` counts what it puts out. */
export interface KernelNode {
  readonly node: GraphNode;
  readonly kernel: ConstantNode;
  readonly bias: ConstantNode | undefined;
  readonly channels: number;
}

/** Reads a convolution, depthwise convolution or matrix product by constants, or undefined where it is none. */
export function readKernelNode(node: GraphNode): KernelNode | undefined {
  const [, kernel, bias] = node.inputs;
  const isProduct = node.op === 'MatMul' && isUntransposed(node);
  if (!isProduct && node.op !== 'Conv2D' && node.op !== 'DepthwiseConv2dNative') return undefined;
  if (kernel === undefined || !isConstant(kernel) || (bias !== undefined && !isConstant(bias))) return undefined;
  return { node, kernel, bias, channels: node.shape.at(-1) as number };
}

function isUntransposed(node: GraphNode): boolean {
  return ['transpose_a', 'transpose_b'].every((name) => {
    const attribute = node.attributes[name];
    return attribute === undefined || !('bool' in attribute) || !attribute.bool;
  });
}

/** Which output channel a kernel's value belongs to; all three layouts keep output channels innermost. */
export function scaleOutputs({ kernel, channels }: KernelNode, factors: Float64Array): Values {
  return kernel.values.map((value, at) => value * (factors[at % channels] as number));
}

/** Which input channel a kernel's value belongs to: of [height, width, in, out] and [in, out] the last axis but one. */
export function scaleInputs({ node, kernel }: KernelNode, factors: Float64Array): Values {
  const channels = kernel.shape.at(-2) as number;
  const inner = kernel.shape.at(-1) as number;
  if (channels !== factors.length)
    throw new RangeError(`${factors.length} factors for ${channels} inputs of ${node.name}.`);
  return kernel.values.map((value, at) => value * (factors[Math.floor(at / inner) % channels] as number));
}

/** What the terms, one for each input channel, add to each output channel; exact only where nothing is padded. */
export function termsThroughKernel({ node, kernel, channels }: KernelNode, terms: Float64Array): Float64Array {
  const sums = new Float64Array(channels);
  const inner = kernel.shape.at(-1) as number;
  const isDepthwise = node.op === 'DepthwiseConv2dNative';
  kernel.values.forEach((value, at) => {
    const input = Math.floor(at / inner) % terms.length;
    const output = isDepthwise ? at % channels : at % inner;
    sums[output] = (sums[output] as number) + value * (terms[input] as number);
  });
  return sums;
}

/** The node with another kernel and bias; a bias that it did not have is added. */
export function withKernel(from: KernelNode, kernel: Values, bias: Float64Array | undefined): GraphNode {
  const [x] = from.node.inputs as [GraphNode];
  const newKernel: ConstantNode = { ...from.kernel, values: kernel };
  if (bias === undefined) return { ...from.node, inputs: [x, newKernel, ...(from.bias ? [from.bias] : [])] };
  return { ...from.node, inputs: [x, newKernel, biasConstant(from, bias)] };
}

/** The bias as numbers, zeros where the node has none. */
export function biasValues({ bias, channels }: KernelNode): Float64Array {
  return bias === undefined ? new Float64Array(channels) : Float64Array.from(bias.values);
}

export function biasConstant(from: KernelNode, values: Float64Array): ConstantNode {
  const name = from.bias?.name ?? `${from.node.place}/bias`;
  return { ...from.kernel, name, values: Float32Array.from(values), shape: [from.channels] };
}
