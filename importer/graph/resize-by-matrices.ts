import type { GraphBuilder } from './graph-builder.ts';
import type { GraphNode } from './node.ts';

/** [target, source] weights, row by row. */
export interface ResizeMatrix {
  readonly values: Float32Array;
  readonly shape: readonly [target: number, source: number];
}

/**
 * Makes the rows and columns of a picture others by two products with constants, one for each axis, because TensorFlow.js
 * has no kernel for most ways of resizing.
 */
export function resizeByMatrices(
  builder: GraphBuilder,
  x: GraphNode,
  vertical: ResizeMatrix,
  horizontal: ResizeMatrix,
): GraphNode {
  const [, rows = 1, columns = 1, channels = 1] = x.shape;
  const [height] = vertical.shape;
  const down = builder.constant('rows', vertical.values, [1, ...vertical.shape]);
  const tall = builder.matMul(down, builder.reshape(x, [1, rows, columns * channels]));
  const across = builder.constant('columns', horizontal.values, [1, 1, ...horizontal.shape]);
  return builder.matMul(across, builder.reshape(tall, [1, height, columns, channels]));
}
