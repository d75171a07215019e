import type { GraphNode } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';
import {
  biasValues,
  type KernelNode,
  readKernelNode,
  scaleInputs,
  scaleOutputs,
  withKernel,
} from './kernel-arithmetic.ts';

const largestFactor = 1000;

/**
 * Shares the range of each channel between the kernel that makes it and the one that takes it, so that one scale a tensor
 * suits all of its channels. Exact, because a positive factor passes through what lies between: ReLU, leaky ReLU, pooling.
 * Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", 2019.
 */
export const equaliseChannels: RewriteRule = (node, isUsedHereOnly) => {
  const taker = readKernelNode(node);
  const [x] = node.inputs;
  if (taker === undefined || x === undefined) return node;
  const chain = findMaker(x, isUsedHereOnly);
  const maker = chain && readKernelNode(chain.maker);
  if (chain === undefined || maker === undefined || maker.channels !== taker.kernel.shape.at(-2)) return node;
  const made = rangesOfOutputs(maker);
  const taken = rangesOfInputs(taker);
  const factors = made.map((range, channel) => {
    const share = Math.sqrt(range / (taken[channel] as number));
    return Number.isFinite(share) && share > 0 ? Math.min(largestFactor, Math.max(1 / largestFactor, share)) : 1;
  });
  const inverse = factors.map((factor) => 1 / factor);
  const bias = maker.bias && biasValues(maker).map((value, channel) => value * (inverse[channel] as number));
  const newMaker = withKernel(maker, scaleOutputs(maker, inverse), bias);
  const scaled = withKernel(taker, scaleInputs(taker, factors), undefined);
  return { ...scaled, inputs: [chain.rebuild(newMaker), ...scaled.inputs.slice(1)] };
};

interface Chain {
  readonly maker: GraphNode;
  /** The same steps on another maker. */
  readonly rebuild: (maker: GraphNode) => GraphNode;
}

const steps = new Set(['MaxPool', 'AvgPool', 'Mean', 'Relu', 'LeakyRelu', 'Pad']);
const passable = new Set([undefined, 'Relu', 'LeakyRelu']);

function findMaker(node: GraphNode, isUsedHereOnly: (input: GraphNode) => boolean): Chain | undefined {
  if (!isUsedHereOnly(node)) return undefined;
  if (readKernelNode(node))
    return passable.has(node.activation?.op) ? { maker: node, rebuild: (maker) => maker } : undefined;
  const [x] = node.inputs;
  const chain = x !== undefined && steps.has(node.op) ? findMaker(x, isUsedHereOnly) : undefined;
  return (
    chain && {
      maker: chain.maker,
      rebuild: (maker) => ({ ...node, inputs: [chain.rebuild(maker), ...node.inputs.slice(1)] }),
    }
  );
}

function rangesOfOutputs({ kernel, channels }: KernelNode): Float64Array {
  const ranges = new Float64Array(channels);
  kernel.values.forEach((value, at) => {
    ranges[at % channels] = Math.max(ranges[at % channels] as number, Math.abs(value));
  });
  return ranges;
}

function rangesOfInputs({ kernel }: KernelNode): Float64Array {
  const ranges = new Float64Array(kernel.shape.at(-2) as number);
  const inner = kernel.shape.at(-1) as number;
  kernel.values.forEach((value, at) => {
    const channel = Math.floor(at / inner) % ranges.length;
    ranges[channel] = Math.max(ranges[channel] as number, Math.abs(value));
  });
  return ranges;
}
