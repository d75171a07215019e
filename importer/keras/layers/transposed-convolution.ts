import type { GraphNode, Window } from '../../graph/node.ts';
import { requireReasonableShape } from '../../graph/shape.ts';
import { finish, readPadding } from './convolution.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

const conv2dTranspose: LayerConverter = (context) => {
  const { builder, config, variables } = context;
  const [x] = context.inputs;
  config.requireChannelsLast();
  const size = config.pair('kernel_size');
  const kernel = variables.take(builder, 'kernel', [...size, config.count('filters'), x.shape[3] as number]);
  const strides = config.pair('strides', 1);
  const dilations = config.pair('dilation_rate', 1);
  const padding = readPadding(config);
  const extra = config.values.output_padding ? config.integers('output_padding') : undefined;
  const length = (axis: 0 | 1) => {
    const span = (size[axis] - 1) * dilations[axis] + 1;
    const [input, stride] = [x.shape[axis + 1] as number, strides[axis]];
    if (extra !== undefined) {
      const cut = padding === 'SAME' ? 2 * Math.floor(span / 2) : 0;
      return (input - 1) * stride + span - cut + (extra[axis] ?? extra[0] ?? 0);
    }
    return padding === 'SAME' ? input * stride : input * stride + Math.max(span - stride, 0);
  };
  const window: Window = { strides, dilations: [1, 1], padding };
  const spread = builder.conv2dTranspose(x, spreadKernel(context, kernel, dilations), [length(0), length(1)], window);
  return finish(context, spread);
};

/** TensorFlow.js knows no dilated transposed convolution: zeros between the kernel's values do the same. */
function spreadKernel(
  { builder }: LayerContext,
  kernel: GraphNode,
  [vertical, horizontal]: [number, number],
): GraphNode {
  if ((vertical === 1 && horizontal === 1) || kernel.values === undefined) return kernel;
  const [height = 1, width = 1, channelsOut = 1, channelsIn = 1] = kernel.shape;
  const shape = [(height - 1) * vertical + 1, (width - 1) * horizontal + 1, channelsOut, channelsIn];
  requireReasonableShape(shape);
  const pixel = channelsOut * channelsIn;
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * pixel;
      const to = (row * vertical * (shape[1] as number) + column * horizontal) * pixel;
      values.set(kernel.values.subarray(from, from + pixel), to);
    }
  }
  return builder.constant('kernel', values, shape);
}

export const transposedConvolutionLayers: Readonly<Record<string, LayerConverter>> = {
  Conv2DTranspose: conv2dTranspose,
  Convolution2DTranspose: conv2dTranspose,
};
