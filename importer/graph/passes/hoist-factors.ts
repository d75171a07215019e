import { type GraphNode, isConstant } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';
import { countValues } from '../shape.ts';

/**
 * Moves a constant factor outwards, past a product and past a reshape, towards the convolution or matrix product that can
 * take it over: a x (b x 1/6), which hard swish ends in, becomes (a x b) x 1/6.
 */
export const hoistFactors: RewriteRule = (node, isUsedHereOnly) => {
  const [left, right] = node.inputs;
  if (left === undefined) return node;
  if (node.op === 'Reshape')
    return isUsedHereOnly(left)
      ? (hoist(left, (inner) => ({ ...node, inputs: [inner, ...node.inputs.slice(1)] })) ?? node)
      : node;
  if (node.op !== 'Mul' || right === undefined || isConstant(left) || isConstant(right)) return node;
  const fromRight = isUsedHereOnly(right) ? hoist(right, (inner) => ({ ...node, inputs: [left, inner] })) : undefined;
  const fromLeft = isUsedHereOnly(left) ? hoist(left, (inner) => ({ ...node, inputs: [inner, right] })) : undefined;
  return fromRight ?? fromLeft ?? node;
};

/** `factor` = inner x constant scalar becomes `rebuild`(inner) x constant scalar. */
function hoist(factor: GraphNode, rebuild: (inner: GraphNode) => GraphNode): GraphNode | undefined {
  if (factor.op !== 'Mul') return undefined;
  const [left, right] = factor.inputs;
  if (left === undefined || right === undefined) return undefined;
  const [inner, constant] = isConstant(left) ? [right, left] : [left, right];
  if (!isConstant(constant) || isConstant(inner) || countValues(constant.shape) !== 1) return undefined;
  const rebuilt = rebuild(inner);
  return { ...factor, inputs: [rebuilt, { ...constant, shape: [] }], shape: rebuilt.shape };
}
