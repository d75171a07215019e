import { readChannelAffine } from '../channel-affine.ts';
import type { ConstantNode, GraphNode } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';

/**
 * A factor and a term for each channel that no convolution could take over become one depthwise convolution of a single
 * pixel, which the activation after it can join: one pass over the picture where there were three.
 */
export const fuseAffine: RewriteRule = (node, isUsedHereOnly) => {
  const sum = readChannelAffine(node);
  if (sum === undefined || sum.op !== 'AddV2' || node.shape.length !== 4 || !isUsedHereOnly(sum.input)) return node;
  const product = readChannelAffine(sum.input);
  if (product === undefined || product.op !== 'Mul') return node;
  const channels = sum.perChannel.length;
  // On vectors and on the photo itself there is nothing to win.
  if (channels < fewestChannels || (node.shape[1] as number) * (node.shape[2] as number) === 1) return node;
  return toDepthwise(node, product.input, {
    kernel: { ...product.constant, values: Float32Array.from(product.perChannel), shape: [1, 1, channels, 1] },
    bias: { ...sum.constant, values: Float32Array.from(sum.perChannel), shape: [channels] },
  });
};

const fewestChannels = 8;

function toDepthwise(
  node: GraphNode,
  x: GraphNode,
  { kernel, bias }: { kernel: ConstantNode; bias: ConstantNode },
): GraphNode {
  return {
    ...node,
    op: 'DepthwiseConv2dNative',
    inputs: [x, kernel, bias],
    attributes: {},
    window: { strides: [1, 1], dilations: [1, 1], padding: 'VALID' },
  };
}
