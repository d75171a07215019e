import { convolveGroups } from '../../graph/convolve-groups.ts';
import type { GraphNode, Padding, Window } from '../../graph/node.ts';
import { applyActivation } from '../activations.ts';
import type { LayerConfig } from '../layer-config.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

const conv2d: LayerConverter = (context) => {
  const { builder, config, variables } = context;
  const [x] = context.inputs;
  config.requireChannelsLast();
  const channels = x.shape[3] as number;
  const groups = config.count('groups', 1);
  if (channels % groups !== 0) throw config.error(`its ${groups} groups do not divide ${channels} channels`);
  const kernelShape = [...config.pair('kernel_size'), channels / groups, config.count('filters')];
  const kernel = variables.take(builder, 'kernel', kernelShape);
  const window = readWindow(config);
  return finish(context, convolveGroups(builder, x, kernel, groups, window));
};

const depthwiseConv2d: LayerConverter = (context) => {
  const { builder, config, variables } = context;
  const [x] = context.inputs;
  config.requireChannelsLast();
  const shape = [...config.pair('kernel_size'), x.shape[3] as number, config.count('depth_multiplier', 1)];
  const kernel = variables.take(builder, 'depthwise_kernel', shape);
  return finish(context, builder.depthwiseConv2d(x, kernel, readWindow(config)));
};

const separableConv2d: LayerConverter = (context) => {
  const { builder, config, variables } = context;
  const [x] = context.inputs;
  config.requireChannelsLast();
  const channels = x.shape[3] as number;
  const multiplier = config.count('depth_multiplier', 1);
  const depthwise = variables.take(builder, 'depthwise_kernel', [...config.pair('kernel_size'), channels, multiplier]);
  const shape = [1, 1, channels * multiplier, config.count('filters')];
  const pointwise = variables.take(builder, 'pointwise_kernel', shape);
  const spread = builder.depthwiseConv2d(x, depthwise, readWindow(config));
  const plain: Window = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' };
  return finish(context, builder.conv2d(spread, pointwise, plain));
};

const dense: LayerConverter = (context) => {
  const { builder, config, variables } = context;
  const [x] = context.inputs;
  const channels = x.shape.at(-1) as number;
  const units = config.count('units');
  const kernel = variables.take(builder, 'kernel', [channels, units]);
  const rows = x.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const product = builder.matMul(builder.reshape(x, [rows, channels]), kernel);
  const { activation } = config.values;
  // A named activation works on single values or on the last axis, so that the product can take it over.
  const isNamed = typeof activation === 'string' || activation === undefined || activation === null;
  if (!isNamed) {
    const spread = builder.reshape(addBias(context, product), [...x.shape.slice(0, -1), units]);
    return applyActivation(builder, spread, activation, config);
  }
  const activated = finish(context, product);
  return builder.reshape(activated, [...x.shape.slice(0, -1), activated.shape.at(-1) as number]);
};

/** Bias and activation, as every layer with a kernel has them. */
export function finish(context: LayerContext, x: GraphNode): GraphNode {
  const { builder, config } = context;
  return applyActivation(builder, addBias(context, x), config.values.activation, config);
}

function addBias({ builder, config, variables }: LayerContext, x: GraphNode): GraphNode {
  if (!config.boolean('use_bias', true)) return x;
  return builder.add(x, variables.take(builder, 'bias', [x.shape.at(-1) as number]));
}

/** `strides`, `dilation_rate` and `padding` of a convolution. */
export function readWindow(config: LayerConfig): Window {
  return {
    strides: config.pair('strides', 1),
    dilations: config.pair('dilation_rate', 1),
    padding: readPadding(config),
  };
}

export function readPadding(config: LayerConfig): Padding {
  return config.choice('padding', ['valid', 'same'], 'valid') === 'same' ? 'SAME' : 'VALID';
}

export const convolutionLayers: Readonly<Record<string, LayerConverter>> = {
  Conv2D: conv2d,
  Convolution2D: conv2d,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
  SeparableConvolution2D: separableConv2d,
  Dense: dense,
};
