import { countValues, requireReasonableShape } from '../../graph/shape.ts';
import type { LayerConfig } from '../layer-config.ts';
import type { LayerConverter } from './layer-context.ts';

const flatten: LayerConverter = ({ builder, inputs: [x] }) => builder.reshape(x, [1, countValues(x.shape)]);

const reshape: LayerConverter = ({ builder, config, inputs: [x] }) => {
  const target = config.integers('target_shape');
  const known = target.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  return builder.reshape(x, [1, ...target.map((size) => (size === -1 ? countValues(x.shape) / known : size))]);
};

/** [batch, width] becomes [batch, n, width], n times the same. */
const repeatVector: LayerConverter = ({ builder, config, inputs: [x] }) => {
  const shape = [1, config.count('n'), x.shape.at(-1) as number];
  requireReasonableShape(shape);
  const zeros = builder.constant('zeros', new Float32Array(countValues(shape)), shape);
  return builder.add(zeros, builder.reshape(x, [1, 1, x.shape.at(-1) as number]));
};

const permute: LayerConverter = ({ builder, config, inputs: [x] }) =>
  builder.transpose(x, [0, ...config.integers('dims')]);

const zeroPadding: LayerConverter = ({ builder, config, inputs: [x] }) => {
  config.requireChannelsLast();
  const [rows, columns] = edges(config, 'padding');
  return builder.pad(x, [[0, 0], rows, columns, [0, 0]]);
};

const cropping: LayerConverter = ({ builder, config, inputs: [x] }) => {
  config.requireChannelsLast();
  const [[top, bottom], [left, right]] = edges(config, 'cropping');
  const [, height = 0, width = 0, channels = 0] = x.shape;
  return builder.slice(x, [0, top, left, 0], [1, height - top - bottom, width - left - right, channels]);
};

const isCountOfRows = (side: unknown) => Number.isInteger(side) && Number(side) >= 0 && Number(side) <= 2 ** 16;

/** One number, a pair of them, or a pair of pairs: [[top, bottom], [left, right]]. */
function edges(config: LayerConfig, key: string): [[number, number], [number, number]] {
  const value = config.values[key] ?? 1;
  const sides: unknown[] = Array.isArray(value) ? value : [value, value];
  const [rows, columns] = sides.map((side) => (Array.isArray(side) ? side : [side, side]));
  const pairs = [rows, columns];
  const isSound = pairs.every((pair) => pair?.length === 2 && pair.every(isCountOfRows));
  if (!isSound) throw config.error(`its ${key} is ${JSON.stringify(value)}`);
  return pairs as [[number, number], [number, number]];
}

export const shapingLayers: Readonly<Record<string, LayerConverter>> = {
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeatVector,
  ZeroPadding2D: zeroPadding,
  Cropping2D: cropping,
};
