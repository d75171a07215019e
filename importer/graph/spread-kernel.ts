import type { GraphBuilder } from './graph-builder.ts';
import type { GraphNode } from './node.ts';
import { countValues, requireReasonableShape } from './shape.ts';

/** A small kernel must not become one that no machine holds; a dilation of 8 makes one of three places 32 times as large. */
const mostSpreadValues = 2 ** 22;
const mostTimes = 64;

/**
 * TensorFlow.js knows no dilated transposed convolution: zeros between the kernel's values do the same. Kernel [height, width,
 * channels out, channels in].
 */
export function spreadKernel(
  builder: GraphBuilder,
  kernel: GraphNode,
  [vertical, horizontal]: readonly [number, number],
): GraphNode {
  if ((vertical === 1 && horizontal === 1) || kernel.values === undefined) return kernel;
  const [height = 1, width = 1, channelsOut = 1, channelsIn = 1] = kernel.shape;
  const shape = [(height - 1) * vertical + 1, (width - 1) * horizontal + 1, channelsOut, channelsIn];
  requireReasonableShape(shape);
  const count = countValues(shape);
  if (count > mostSpreadValues + mostTimes * kernel.values.length)
    throw new RangeError(`a kernel spread to [${shape}] is out of all proportion`);
  const pixel = channelsOut * channelsIn;
  const values = new Float32Array(count);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * pixel;
      const to = (row * vertical * (shape[1] as number) + column * horizontal) * pixel;
      values.set(kernel.values.subarray(from, from + pixel), to);
    }
  }
  return builder.constant('kernel', values, shape);
}
