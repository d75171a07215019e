import { orderNodes } from '../graph/graph-order.ts';
import type { GraphNode } from '../graph/node.ts';
import { followNode } from './follow-node.ts';
import { type PixelTrace, untouchedPixels } from './pixel-trace.ts';

/** Where pixels end: at the first layer with weights, or at an operation that neither moves nor scales them. */
export interface PixelEnd {
  readonly trace: PixelTrace;
  readonly node: GraphNode;
  /** Whether `node` is a convolution or product by the model's weights. */
  readonly isWeighted: boolean;
}

const weighted = new Set(['Conv2D', 'DepthwiseConv2dNative', 'Conv2DBackpropInput', 'MatMul', 'BatchMatMulV2']);

/**
 * Follows the pixels from the input through everything that moves, crops, pads, resizes, flips, converts, repeats or
 * scales them. Works on the graph as a file format builds it, before the passes, which fold scalings into kernels.
 */
export function followPixels({ input, score }: { readonly input: GraphNode; readonly score: GraphNode }): PixelEnd[] {
  const start: PixelTrace = {
    channels: [untouchedPixels],
    axis: undefined,
    steps: [],
    statistics: [],
    isLearnt: false,
  };
  const traces = new Map<GraphNode, PixelTrace>([[input, start]]);
  const ends: PixelEnd[] = [];
  for (const node of orderNodes({ input, outputs: { score } })) {
    const reached = node.inputs.map((from) => traces.get(from));
    const trace = reached.find((one) => one !== undefined);
    if (trace === undefined || node === input) continue;
    const followed = followNode(node, reached);
    if (followed !== undefined) traces.set(node, followed);
    else ends.push({ trace, node, isWeighted: weighted.has(node.op) });
  }
  return ends;
}
