import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode, Shape } from '../../graph/node.ts';
import { countValues, resolveAxis } from '../../graph/shape.ts';
import type { LayerConfig } from '../layer-config.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

/** At inference: x times a factor plus a term for each channel, which a convolution before it can take over. */
const batchNormalization: LayerConverter = ({ builder, config, variables, inputs: [x] }) => {
  const axis = singleAxis(config, x, -1);
  const size = x.shape[axis] as number;
  const take = (name: string) => variables.take(builder, name, [size]).values as Float32Array;
  const gamma = config.boolean('scale', true) ? take('gamma') : undefined;
  const beta = config.boolean('center', true) ? take('beta') : undefined;
  const [mean, variance] = [take('moving_mean'), take('moving_variance')];
  const epsilon = config.number('epsilon', 1e-3);
  const factor = Float64Array.from(variance, (value, at) => (gamma?.[at] ?? 1) / Math.sqrt(value + epsilon));
  const term = Float64Array.from(factor, (value, at) => (beta?.[at] ?? 0) - (mean[at] as number) * value);
  const shape = alongAxis(x.shape, axis, size);
  const scaled = builder.multiply(x, builder.constant('scale', Float32Array.from(factor), shape));
  const deviation = Float64Array.from(variance, Math.sqrt);
  const known = { ...scaled, statistics: { mean, deviation, isTrained: true } };
  return builder.add(known, builder.constant('offset', Float32Array.from(term), shape));
};

const layerNormalization: LayerConverter = (context) => {
  const { builder, config, variables } = context;
  const [x] = context.inputs;
  const axes = config.integers('axis', [-1]).map((axis) => resolveAxis(axis, x.shape.length));
  const isRootMeanSquare = config.boolean('rms_scaling', false);
  const normalized = isRootMeanSquare
    ? builder.multiply(
        x,
        inverseRoot(
          builder,
          builder.reduce('Mean', builder.unary('Square', centred(builder, x, axes)), axes, true),
          config.number('epsilon', 1e-3),
        ),
      )
    : standardize(builder, x, axes, config.number('epsilon', 1e-3));
  const shape = axes.map((axis) => x.shape[axis] as number);
  const spread = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  const gamma = config.boolean('scale', true) || isRootMeanSquare;
  const scaled = gamma
    ? builder.multiply(normalized, builder.reshape(variables.take(builder, 'gamma', shape), spread))
    : normalized;
  const hasBeta = config.boolean('center', true) && !isRootMeanSquare;
  return hasBeta ? builder.add(scaled, builder.reshape(variables.take(builder, 'beta', shape), spread)) : scaled;
};

const rmsNormalization: LayerConverter = ({ builder, config, variables, inputs: [x] }) => {
  const axes = config.integers('axis', [-1]).map((axis) => resolveAxis(axis, x.shape.length));
  const power = builder.reduce('Mean', builder.unary('Square', x), axes, true);
  const normalized = builder.multiply(x, inverseRoot(builder, power, config.number('epsilon', 1e-6)));
  const scale = variables.take(
    builder,
    'scale',
    axes.map((axis) => x.shape[axis] as number),
  );
  const spread = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  return builder.multiply(normalized, builder.reshape(scale, spread));
};

/** Over the picture and each group of channels: [batch, height x width, groups, channels of one] reduced on 1 and 3. */
const groupNormalization: LayerConverter = ({ builder, config, variables, inputs: [x] }) => {
  const axis = singleAxis(config, x, -1);
  if (axis !== x.shape.length - 1) throw config.error(`its axis is ${axis}, not the last`);
  const channels = x.shape[axis] as number;
  const wanted = config.number('groups', 32);
  const groups = wanted === -1 ? channels : wanted;
  if (channels % groups !== 0) throw config.error(`its ${groups} groups do not divide ${channels} channels`);
  const grouped = builder.reshape(x, [1, countValues(x.shape) / channels, groups, channels / groups]);
  const normalized = builder.reshape(standardize(builder, grouped, [1, 3], config.number('epsilon', 1e-3)), x.shape);
  const take = (name: string) => variables.take(builder, name, [channels]);
  const scaled = config.boolean('scale', true) ? builder.multiply(normalized, take('gamma')) : normalized;
  return config.boolean('center', true) ? builder.add(scaled, take('beta')) : scaled;
};

const unitNormalization: LayerConverter = ({ builder, config, inputs: [x] }) => {
  const axes = config.integers('axis', [-1]).map((axis) => resolveAxis(axis, x.shape.length));
  const power = builder.reduce('Sum', builder.unary('Square', x), axes, true);
  const floor = builder.scalar(1e-12, 'epsilon');
  return builder.multiply(x, builder.unary('Rsqrt', builder.binary('Maximum', power, floor)));
};

/** (x - mean) / standard deviation, from the file's variables or the layer's arguments. */
const normalization: LayerConverter = ({ builder, config, variables, inputs: [x] }) => {
  const axisValue = config.values.axis === undefined ? -1 : config.values.axis;
  const axes = axisValue === null ? [] : config.integers('axis', [-1]).map((axis) => resolveAxis(axis, x.shape.length));
  const spread = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  const shape = axes.map((axis) => x.shape[axis] as number);
  const isGiven = config.values.mean !== undefined && config.values.mean !== null;
  const read = (name: 'mean' | 'variance') => {
    if (isGiven) return spreadNumbers(config, name, countValues(shape));
    return variables.take(builder, name, shape).values as Float32Array;
  };
  const [mean, variance] = [read('mean'), read('variance')];
  // Keras keeps the divisor away from zero by its backend's epsilon.
  const deviation = Float64Array.from(variance, (value) => Math.max(Math.sqrt(value), 1e-7));
  const isInverse = config.boolean('invert', false);
  const factor = Float32Array.from(deviation, (value) => (isInverse ? value : 1 / value));
  const term = Float32Array.from(deviation, (value, at) =>
    isInverse ? (mean[at] as number) : -(mean[at] as number) / value,
  );
  const scaled = builder.multiply(x, builder.constant('scale', factor, spread));
  const known = isInverse ? scaled : { ...scaled, statistics: { mean, deviation, isTrained: false } };
  return builder.add(known, builder.constant('offset', term, spread));
};

/** Numbers of an argument, nested as they may be; a single one stands for all. */
function spreadNumbers(config: LayerConfig, key: string, count: number): number[] {
  const numbers = [config.values[key]].flat(Number.POSITIVE_INFINITY) as unknown[];
  if (!numbers.every((value): value is number => typeof value === 'number'))
    throw config.error(`its ${key} is no number`);
  if (numbers.length === count) return numbers;
  if (numbers.length !== 1) throw config.error(`its ${key} holds ${numbers.length} numbers for ${count} channels`);
  return Array.from({ length: count }, () => numbers[0] as number);
}

function standardize(builder: GraphBuilder, x: GraphNode, axes: readonly number[], epsilon: number): GraphNode {
  const difference = centred(builder, x, axes);
  const variance = builder.reduce('Mean', builder.unary('Square', difference), axes, true);
  return builder.multiply(difference, inverseRoot(builder, variance, epsilon));
}

function centred(builder: GraphBuilder, x: GraphNode, axes: readonly number[]): GraphNode {
  return builder.subtract(x, builder.reduce('Mean', x, axes, true));
}

function inverseRoot(builder: GraphBuilder, x: GraphNode, epsilon: number): GraphNode {
  return builder.unary('Rsqrt', builder.add(x, epsilon));
}

/** The one axis that a layer works on; old files write it as a list of one. */
function singleAxis(config: LayerConfig, x: GraphNode, fallback: number): number {
  const [axis, ...others] = config.integers('axis', [fallback]);
  if (axis === undefined || others.length > 0) throw config.error(`its axis is ${JSON.stringify(config.values.axis)}`);
  return resolveAxis(axis, x.shape.length);
}

function alongAxis(shape: Shape, axis: number, size: number): Shape {
  return axis === shape.length - 1 ? [size] : shape.map((_, at) => (at === axis ? size : 1));
}

/** A factor for each channel that keras.applications' ConvNeXt learns. */
const layerScale: LayerConverter = ({ builder, config, variables, inputs: [x] }: LayerContext) =>
  builder.multiply(x, variables.take(builder, 'gamma', [config.count('projection_dim')]));

export const normalizationLayers: Readonly<Record<string, LayerConverter>> = {
  BatchNormalization: batchNormalization,
  BatchNormalizationV1: batchNormalization,
  BatchNormalizationV2: batchNormalization,
  SyncBatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  GroupNormalization: groupNormalization,
  UnitNormalization: unitNormalization,
  Normalization: normalization,
  LayerScale: layerScale,
};
