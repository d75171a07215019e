import { convolveGroups } from '../../graph/convolve-groups.ts';
import type { Window } from '../../graph/node.ts';
import { readPadding } from './convolution.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

/** The window of a recorded call; TensorFlow's own functions write theirs in capitals and with all four axes. */
function windowOf({ config }: LayerContext, given: OperationArguments, size?: [number, number]): Window {
  const read = (...names: readonly string[]): [number, number] | undefined => {
    const list = given.integers(-1, ...names);
    if (list === undefined) return undefined;
    const [vertical = 1, horizontal = vertical] = list.length === 4 ? list.slice(1, 3) : list;
    return [vertical, horizontal];
  };
  const padding = readPadding(
    config.with({ values: { padding: String(given.value(-1, 'padding') ?? 'valid').toLowerCase() } }),
  );
  return {
    strides: read('strides') ?? size ?? [1, 1],
    dilations: read('dilation_rate', 'dilations') ?? [1, 1],
    padding,
  };
}

function requireChannelsLast({ config }: LayerContext, given: OperationArguments): void {
  const format = given.value(-1, 'data_format') ?? 'channels_last';
  config.with({ values: { data_format: format === 'NHWC' ? 'channels_last' : format } }).requireChannelsLast();
}

const convolution: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  requireChannelsLast(context, given);
  const [x, kernel] = [given.tensor(0, 'inputs', 'input'), given.tensor(1, 'kernel', 'filters')];
  const groups = (x.shape[3] as number) / (kernel.shape[2] as number);
  if (x.shape.length !== 4 || !Number.isInteger(groups)) throw context.config.error('its kernel does not fit');
  return convolveGroups(context.builder, x, kernel, groups, windowOf(context, given));
};

const depthwise: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  requireChannelsLast(context, given);
  return context.builder.depthwiseConv2d(
    given.tensor(0, 'inputs', 'input'),
    given.tensor(1, 'kernel', 'filter'),
    windowOf(context, given),
  );
};

const pool =
  (op: 'MaxPool' | 'AvgPool'): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    requireChannelsLast(context, given);
    const sizes = given.integers(-1, 'pool_size', 'ksize') ?? [];
    const [vertical = 1, horizontal = vertical] = sizes.length === 4 ? sizes.slice(1, 3) : sizes;
    const size: [number, number] = [vertical, horizontal];
    return context.builder.pool(op, given.tensor(0, 'inputs', 'input', 'value'), size, windowOf(context, given, size));
  };

/** Tiles of the picture, each a row of its pixels' channels. */
const extractPatches: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  requireChannelsLast(context, given);
  const x = given.tensor(0, 'images');
  const [vertical = 1, horizontal = vertical] = given.integers(-1, 'size') ?? [];
  const { strides, dilations } = windowOf(context, given, [vertical, horizontal]);
  const [, height = 1, width = 1, channels = 1] = x.shape;
  const isTiling = strides[0] === vertical && strides[1] === horizontal && dilations[0] * dilations[1] === 1;
  const [rows, columns] = [Math.floor(height / vertical), Math.floor(width / horizontal)];
  if (!isTiling || (given.value(-1, 'padding') === 'same' && (height % vertical) + (width % horizontal) > 0)) {
    throw config.error('its patches overlap or leave gaps');
  }
  const whole = builder.slice(x, [0, 0, 0, 0], [1, rows * vertical, columns * horizontal, channels]);
  const tiles = builder.reshape(whole, [1, rows, vertical, columns, horizontal, channels]);
  return builder.reshape(builder.transpose(tiles, [0, 1, 3, 2, 4, 5]), [
    1,
    rows,
    columns,
    vertical * horizontal * channels,
  ]);
};

const greyWeights = [0.2989, 0.587, 0.114];

const toGrey: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  requireChannelsLast(context, given);
  const weighted = builder.multiply(
    given.tensor(0, 'images'),
    builder.constant('weights', Float32Array.from(greyWeights), [3]),
  );
  return builder.reduce('Sum', weighted, [-1], true);
};

/** [batch, tokens, heads, width] each. */
const dotProductAttention: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const [query, key, value] = [given.tensor(0, 'query'), given.tensor(1, 'key'), given.tensor(2, 'value')];
  const isPlain = !['bias', 'mask'].some((name) => given.optionalTensor(-1, name)) && context.inputs.length === 3;
  if (!isPlain || given.boolean(-1, 'is_causal', false)) throw config.error('its mask is not supported');
  if (query.shape[2] !== key.shape[2]) throw config.error('its queries share keys');
  const byHead = (x: typeof query) => builder.transpose(x, [0, 2, 1, 3]);
  const scale = given.number(-1, 'scale', 1 / Math.sqrt(query.shape[3] as number));
  const products = builder.matMul(byHead(builder.multiply(query, scale)), byHead(key), { b: true });
  return byHead(builder.matMul(builder.softmax(products), byHead(value)));
};

/** Calls of `keras.ops.nn` and `keras.ops.image` that move a kernel or a window. */
export const kernelOperations: Readonly<Record<string, LayerConverter>> = {
  AveragePool: pool('AvgPool'),
  Conv: convolution,
  DepthwiseConv: depthwise,
  DotProductAttention: dotProductAttention,
  ExtractPatches: extractPatches,
  MaxPool: pool('MaxPool'),
  RGBToGrayscale: toGrey,
};
