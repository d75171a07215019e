import { orderNodes } from './graph-order.ts';
import type { Graph, GraphNode } from './node.ts';
import { countValues } from './shape.ts';

/** How often a graph multiplies and adds for one photo: convolutions and matrix products, which all else is small to. */
export function countMultiplications(graph: Graph): number {
  return orderNodes(graph).reduce((sum, node) => sum + multiplicationsOf(node), 0);
}

/** Of one node; 0 for those that are not convolutions or products. */
export function multiplicationsOf(node: GraphNode): number {
  const [x, kernel] = node.inputs;
  if (x === undefined || kernel === undefined) return 0;
  const output = countValues(node.shape);
  const [height = 1, width = 1, channels = 1] = kernel.shape;
  switch (node.op) {
    case 'Conv2D':
      return output * height * width * channels;
    case 'DepthwiseConv2dNative':
      return output * height * width;
    case 'Conv2DBackpropInput': {
      // Its inputs are the output's shape, the kernel and the picture; every input pixel meets the whole kernel.
      const picture = node.inputs[2];
      return picture === undefined ? 0 : countValues(picture.shape) * height * width * channels;
    }
    case 'MatMul':
    case 'BatchMatMulV2':
      return output * (x.shape.at(-1) ?? 1);
    default:
      return 0;
  }
}
