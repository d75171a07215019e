import type { GraphNode, Window } from '../../graph/node.ts';
import { readPadding } from './convolution.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

const pool =
  (op: 'MaxPool' | 'AvgPool'): LayerConverter =>
  ({ builder, config, inputs: [x] }) => {
    config.requireChannelsLast();
    const size = config.pair('pool_size', 2);
    const hasStrides = config.values.strides !== undefined && config.values.strides !== null;
    const strides = hasStrides ? config.pair('strides') : size;
    const window: Window = { strides, dilations: [1, 1], padding: readPadding(config) };
    const isWhole = size[0] === x.shape[1] && size[1] === x.shape[2] && window.padding === 'VALID';
    // The usual end of older models: as a mean it is recognised as global pooling.
    if (op === 'AvgPool' && isWhole) return builder.reduce('Mean', x, [1, 2], true);
    return builder.pool(op, x, size, window);
  };

const globalPool =
  (op: 'Mean' | 'Max'): LayerConverter =>
  ({ builder, config, inputs: [x] }: LayerContext): GraphNode => {
    config.requireChannelsLast();
    return builder.reduce(op, x, [1, 2], config.boolean('keepdims', false));
  };

/** Over the tokens of [batch, tokens, width]. */
const globalPoolOfTokens =
  (op: 'Mean' | 'Max'): LayerConverter =>
  ({ builder, config, inputs: [x] }) => {
    config.requireChannelsLast();
    return builder.reduce(op, x, [1], config.boolean('keepdims', false));
  };

export const poolingLayers: Readonly<Record<string, LayerConverter>> = {
  MaxPooling2D: pool('MaxPool'),
  MaxPool2D: pool('MaxPool'),
  AveragePooling2D: pool('AvgPool'),
  AvgPool2D: pool('AvgPool'),
  GlobalAveragePooling1D: globalPoolOfTokens('Mean'),
  GlobalMaxPooling1D: globalPoolOfTokens('Max'),
  GlobalAveragePooling2D: globalPool('Mean'),
  GlobalAvgPool2D: globalPool('Mean'),
  GlobalMaxPooling2D: globalPool('Max'),
  GlobalMaxPool2D: globalPool('Max'),
};
