import type { FusedActivation, GraphNode } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';
import { readKernelNode, withKernel } from './kernel-arithmetic.ts';

/** Lets the convolution or matrix product before an activation compute it, where the WebAssembly kernels do so rightly. */
export const fuseActivation: RewriteRule = (node, isUsedHereOnly) => {
  const activation = readActivation(node);
  const [x] = node.inputs;
  if (activation === undefined || x === undefined || x.activation !== undefined || !isUsedHereOnly(x)) return node;
  const target = readKernelNode(x);
  if (target === undefined) return node;
  // TensorFlow.js 4.22 loses the slope on its way to the depthwise kernel and computes with another, silently.
  if (activation.op === 'LeakyRelu' && x.op === 'DepthwiseConv2dNative') return node;
  // The fused operations are told apart from plain ones by their bias.
  const biased = target.bias ? x : withKernel(target, target.kernel.values, new Float64Array(target.channels));
  return { ...biased, activation };
};

function readActivation(node: GraphNode): FusedActivation | undefined {
  switch (node.op) {
    case 'Relu':
    case 'Relu6':
    case 'Elu':
    case 'Sigmoid':
      return { op: node.op };
    case 'LeakyRelu': {
      const alpha = node.attributes.alpha;
      return alpha !== undefined && 'float' in alpha ? { op: 'LeakyRelu', alpha: alpha.float } : undefined;
    }
    default:
      return undefined;
  }
}
