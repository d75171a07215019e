import { type ExplicitPadding, type GraphNode, isConstant, type Padding, type Window } from '../node.ts';
import type { RewriteRule } from '../rewrite-graph.ts';
import { explicitPadding } from '../shape.ts';

/** Lets a convolution add the zeros that a node of its own put around the picture. */
export const foldPadding: RewriteRule = (node, isUsedHereOnly) => {
  const [x, kernel] = node.inputs;
  const isConvolution = node.op === 'Conv2D' || node.op === 'DepthwiseConv2dNative';
  if (!isConvolution || x === undefined || kernel === undefined || node.window === undefined) return node;
  const outer = x.op === 'Pad' && isUsedHereOnly(x) ? readPadding(x) : undefined;
  const [unpadded] = x.inputs;
  if (outer === undefined || unpadded === undefined) return node;
  const size = [kernel.shape[0] ?? 1, kernel.shape[1] ?? 1] as const;
  const inner = explicitPadding(x.shape, size, node.window);
  const total: ExplicitPadding = {
    top: outer.top + inner.top,
    bottom: outer.bottom + inner.bottom,
    left: outer.left + inner.left,
    right: outer.right + inner.right,
  };
  const window: Window = { ...node.window, padding: nameOf(total, unpadded, size, node.window) };
  return { ...node, inputs: [unpadded, ...node.inputs.slice(1)], window };
};

/** SAME where it means the same, because every TensorFlow.js backend is at its best there. */
function nameOf(padding: ExplicitPadding, x: GraphNode, kernel: readonly [number, number], window: Window): Padding {
  const same = explicitPadding(x.shape, kernel, { ...window, padding: 'SAME' });
  const isSame = (Object.keys(same) as (keyof ExplicitPadding)[]).every((side) => same[side] === padding[side]);
  return isSame ? 'SAME' : padding;
}

function readPadding(pad: GraphNode): ExplicitPadding | undefined {
  const amounts = pad.inputs[1];
  if (amounts === undefined || !isConstant(amounts) || amounts.values.length !== 8) return undefined;
  const [, , top = 0, bottom = 0, left = 0, right = 0] = amounts.values;
  const isOfPicture = [0, 1, 6, 7].every((at) => amounts.values[at] === 0);
  return isOfPicture ? { top, bottom, left, right } : undefined;
}
