import type { Window } from '../../graph/node.ts';
import { spreadKernel } from '../../graph/spread-kernel.ts';
import { finish, readPadding } from './convolution.ts';
import type { LayerConverter } from './layer-context.ts';

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
  const spread = builder.conv2dTranspose(x, spreadKernel(builder, kernel, dilations), [length(0), length(1)], window);
  return finish(context, spread);
};

export const transposedConvolutionLayers: Readonly<Record<string, LayerConverter>> = {
  Conv2DTranspose: conv2dTranspose,
  Convolution2DTranspose: conv2dTranspose,
};
