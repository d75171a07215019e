import type { GraphBuilder } from './graph-builder.ts';
import type { GraphNode, Window } from './node.ts';

/**
 * A convolution whose kernel [height, width, channels in a group, filters] sees one group of the channels for each of
 * `groups` equal parts of the filters. The WebAssembly kernels know no groups: each becomes a convolution of its own, or
 * all of them a depthwise one where a group has one channel.
 */
export function convolveGroups(
  builder: GraphBuilder,
  x: GraphNode,
  kernel: GraphNode,
  groups: number,
  window: Window,
): GraphNode {
  if (groups === 1) return builder.conv2d(x, kernel, window);
  const [height = 1, width = 1, channelsIn = 1, filters = 1] = kernel.shape;
  if (channelsIn === 1 && kernel.values instanceof Float32Array) {
    // One channel a group: the filters of a channel lie side by side, as a depthwise kernel has them.
    const shaped = builder.reshape(kernel, [height, width, groups, filters / groups]);
    const [down, across] = window.strides;
    if (height * width !== 1 || down * across === 1 || window.padding !== 'VALID')
      return builder.depthwiseConv2d(x, shaped, window);
    // A kernel of one place that skips places scales those that it does not skip.
    const seen = builder.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, down, across, 1]);
    return builder.depthwiseConv2d(seen, shaped, { ...window, strides: [1, 1] });
  }
  const perGroup = filters / groups;
  const parts = Array.from({ length: groups }, (_, group) => {
    const [, rows = 1, columns = 1] = x.shape;
    const part = builder.slice(x, [0, 0, 0, group * channelsIn], [1, rows, columns, channelsIn]);
    const values = Float32Array.from({ length: height * width * channelsIn * perGroup }, (_value, at) => {
      const row = Math.floor(at / perGroup);
      return kernel.values?.[row * filters + group * perGroup + (at % perGroup)] as number;
    });
    const partKernel = builder.constant(`kernel_${group}`, values, [height, width, channelsIn, perGroup]);
    return builder.conv2d(part, partKernel, window);
  });
  return builder.concat(parts, 3);
}
