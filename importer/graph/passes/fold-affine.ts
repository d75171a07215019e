import { readChannelAffine } from '../channel-affine.ts';
import type { GraphNode } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';
import { explicitPadding } from '../shape.ts';
import {
  biasValues,
  type KernelNode,
  readKernelNode,
  scaleInputs,
  scaleOutputs,
  termsThroughKernel,
  withKernel,
} from './kernel-arithmetic.ts';

/**
 * Folds a factor or term for each channel (what batch normalisation is at inference) into the convolution, depthwise
 * convolution or matrix product before it, and those that came before a convolution into the one after.
 */
export const foldAffine: RewriteRule = (node, isUsedHereOnly) => {
  return foldIntoEarlier(node, isUsedHereOnly) ?? foldIntoLater(node, isUsedHereOnly) ?? node;
};

function foldIntoEarlier(node: GraphNode, isUsedHereOnly: (input: GraphNode) => boolean): GraphNode | undefined {
  const affine = readChannelAffine(node);
  if (affine === undefined || affine.input.activation !== undefined || !isUsedHereOnly(affine.input)) return undefined;
  const target = readKernelNode(affine.input);
  if (target === undefined) return undefined;
  const bias = biasValues(target);
  if (affine.op === 'AddV2') {
    return withKernel(
      target,
      target.kernel.values,
      bias.map((value, at) => value + (affine.perChannel[at] as number)),
    );
  }
  const scaledBias = target.bias && bias.map((value, at) => value * (affine.perChannel[at] as number));
  return withKernel(target, scaleOutputs(target, affine.perChannel), scaledBias);
}

function foldIntoLater(node: GraphNode, isUsedHereOnly: (input: GraphNode) => boolean): GraphNode | undefined {
  const target = readKernelNode(node);
  const [x] = node.inputs;
  if (target === undefined || x === undefined || !isUsedHereOnly(x)) return undefined;
  const affine = readChannelAffine(x);
  if (affine === undefined) return undefined;
  const onInput = (kernel: GraphNode): GraphNode => ({ ...kernel, inputs: [affine.input, ...kernel.inputs.slice(1)] });
  if (affine.op === 'Mul') return onInput(withKernel(target, scaleInputs(target, affine.perChannel), undefined));
  // The zeros of a padding come after the term was added, so that the border would get a term that it must not have.
  if (isPadded(target, x)) return undefined;
  const through = termsThroughKernel(target, affine.perChannel);
  return onInput(
    withKernel(
      target,
      target.kernel.values,
      biasValues(target).map((value, at) => value + (through[at] as number)),
    ),
  );
}

function isPadded({ node, kernel }: KernelNode, x: GraphNode): boolean {
  if (node.window === undefined) return false;
  const [height = 1, width = 1] = kernel.shape;
  const { top, bottom, left, right } = explicitPadding(x.shape, [height, width], node.window);
  return top + bottom + left + right > 0;
}
