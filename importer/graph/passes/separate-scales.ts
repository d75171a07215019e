import type { ConstantNode, GraphNode } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';
import { isWorthUint8, suitsUint8 } from '../uint8-range.ts';
import { biasValues, readKernelNode, scaleOutputs } from './kernel-arithmetic.ts';

/**
 * Gives a convolution whose channels differ too much for one scale a kernel of equal channels, and their factors to a
 * depthwise convolution of one pixel after it, which takes over bias and activation: 8 bits a channel instead of a tensor,
 * exact but for the rounding, at the price of one more pass over the picture.
 */
export const separateScales: RewriteRule = (node) => {
  const target = node.op === 'Conv2D' ? readKernelNode(node) : undefined;
  const [x] = node.inputs;
  // A leaky slope cannot move into a depthwise convolution: see fuseActivation.
  if (target === undefined || x === undefined || node.activation?.op === 'LeakyRelu') return node;
  const { kernel, channels } = target;
  if (!isWorthUint8(kernel) || suitsUint8(kernel.shape, kernel.values as Float32Array)) return node;
  const largest = new Float64Array(channels);
  kernel.values.forEach((value, at) => {
    largest[at % channels] = Math.max(largest[at % channels] as number, Math.abs(value));
  });
  const factors = largest.map((value) => value || 1);
  const even: ConstantNode = {
    ...kernel,
    values: scaleOutputs(
      target,
      factors.map((factor) => 1 / factor),
    ),
  };
  const { activation, ...plain } = node;
  const constant = (name: string, values: Float64Array, shape: number[]): ConstantNode => ({
    ...kernel,
    name: `${node.place}/${name}`,
    values: Float32Array.from(values),
    shape,
  });
  const convolution: GraphNode = { ...plain, inputs: [x, even] };
  return {
    ...plain,
    name: `${node.name}_scale`,
    op: 'DepthwiseConv2dNative',
    inputs: [
      convolution,
      constant('scale', factors, [1, 1, channels, 1]),
      constant('bias', biasValues(target), [channels]),
    ],
    attributes: {},
    window: { strides: [1, 1], dilations: [1, 1], padding: 'VALID' },
    ...(activation && { activation }),
  };
};
