import { isJsonObject } from '../../facts/json-object.ts';
import type { GraphBuilder, UnaryOperation } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { resolveAxis } from '../graph/shape.ts';
import { type LayerConfig, nestedConfig } from './layer-config.ts';

/** Computes an activation; `config` holds its arguments where it was given as a layer. */
export type Activation = (builder: GraphBuilder, x: GraphNode, config?: LayerConfig) => GraphNode;

const unary =
  (op: UnaryOperation): Activation =>
  (builder, x) =>
    builder.unary(op, x);

const geluCoefficient = 0.044715;

/** (0 … 1) rising by a sixth, by Relu6, which every backend has; before Keras 3 it rose by a fifth. */
function hardSigmoid(builder: GraphBuilder, x: GraphNode, config?: LayerConfig): GraphNode {
  if (config?.precedesKeras3) return builder.clip(builder.add(builder.multiply(x, 0.2), 0.5), 0, 1);
  return builder.multiply(builder.unary('Relu6', builder.add(x, 3)), 1 / 6);
}

/** Every activation of Keras 3 by its name, and those of earlier versions. */
export const activations: Readonly<Record<string, Activation>> = {
  linear: (_builder, x) => x,
  relu: (builder, x, config) => relu(builder, x, config),
  relu6: unary('Relu6'),
  elu: (builder, x, config) => elu(builder, x, argument(config, 'alpha', 1)),
  selu: unary('Selu'),
  sigmoid: unary('Sigmoid'),
  tanh: unary('Tanh'),
  softplus: unary('Softplus'),
  exponential: unary('Exp'),
  softmax: (builder, x, config) => softmax(builder, x, config?.integers('axis', [-1]) ?? [-1]),
  leaky_relu: (builder, x, config) =>
    builder.leakyRelu(x, argument(config, 'negative_slope', argument(config, 'alpha', 0.2))),
  softsign: (builder, x) => builder.divide(x, builder.add(builder.unary('Abs', x), 1)),
  silu: (builder, x) => builder.multiply(x, builder.unary('Sigmoid', x)),
  hard_sigmoid: hardSigmoid,
  hard_silu: (builder, x, config) => builder.multiply(x, hardSigmoid(builder, x, config)),
  hard_tanh: (builder, x) => builder.clip(x, -1, 1),
  mish: (builder, x) => builder.multiply(x, builder.unary('Tanh', builder.unary('Softplus', x))),
  gelu: (builder, x, config) => gelu(builder, x, config?.boolean('approximate', false) ?? false),
  log_softmax: (builder, x, config) => {
    const axes = config?.integers('axis', [-1]) ?? [-1];
    const shifted = builder.subtract(x, builder.reduce('Max', x, axes, true));
    return builder.subtract(
      shifted,
      builder.unary('Log', builder.reduce('Sum', builder.unary('Exp', shifted), axes, true)),
    );
  },
  log_sigmoid: (builder, x) => builder.unary('Neg', builder.unary('Softplus', builder.unary('Neg', x))),
  celu: (builder, x, config) => {
    const alpha = argument(config, 'alpha', 1);
    return alpha === 1 ? elu(builder, x, 1) : builder.multiply(elu(builder, builder.multiply(x, 1 / alpha), 1), alpha);
  },
  glu: (builder, x, config) => {
    const axis = resolveAxis(argument(config, 'axis', -1), x.shape.length);
    const half = (x.shape[axis] as number) / 2;
    const size = x.shape.map((whole, at) => (at === axis ? half : whole));
    const part = (first: number) =>
      builder.slice(
        x,
        x.shape.map((_, at) => (at === axis ? first : 0)),
        size,
      );
    return builder.multiply(part(0), builder.unary('Sigmoid', part(half)));
  },
  threshold: (builder, x, config) => {
    const isAbove = builder.compare('Greater', x, argument(config, 'threshold', argument(config, 'theta', 1)));
    return builder.select(isAbove, x, constantLike(builder, x, argument(config, 'default_value', 0)));
  },
  tanh_shrink: (builder, x) => builder.subtract(x, builder.unary('Tanh', x)),
  hard_shrink: (builder, x, config) => {
    const isFar = builder.compare('Greater', builder.unary('Abs', x), argument(config, 'threshold', 0.5));
    return builder.select(isFar, x, constantLike(builder, x, 0));
  },
  soft_shrink: (builder, x, config) => {
    const threshold = argument(config, 'threshold', 0.5);
    const above = builder.unary('Relu', builder.add(x, -threshold));
    return builder.subtract(above, builder.unary('Relu', builder.subtract(builder.unary('Neg', x), threshold)));
  },
  squareplus: (builder, x, config) => {
    const root = builder.unary('Sqrt', builder.add(builder.unary('Square', x), argument(config, 'b', 4)));
    return builder.multiply(builder.add(x, root), 0.5);
  },
  sparse_plus: (builder, x) => {
    const middle = builder.multiply(builder.unary('Square', builder.add(x, 1)), 0.25);
    const lower = builder.select(builder.compare('LessEqual', x, -1), constantLike(builder, x, 0), middle);
    return builder.select(builder.compare('GreaterEqual', x, 1), x, lower);
  },
  sparse_sigmoid: (builder, x) => builder.multiply(builder.add(builder.clip(x, -1, 1), 1), 0.5),
};

const otherNames: ReadonlyMap<string, string> = new Map([
  ['swish', 'silu'],
  ['hard_swish', 'hard_silu'],
  ['hardswish', 'hard_silu'],
  ['sigmoid_hard', 'hard_sigmoid'],
  ['thresholdedrelu', 'threshold'],
]);

/** Applies what a layer's `activation` argument names: nothing, a name, a function or another layer. */
export function applyActivation(builder: GraphBuilder, x: GraphNode, value: unknown, layer: LayerConfig): GraphNode {
  if (value === undefined || value === null) return x;
  const named = nestedConfig(value, layer);
  if (named?.className === 'Activation') return applyActivation(builder, x, named.values.activation, layer);
  const isFunction = isJsonObject(value) && typeof value.config === 'string';
  const name = typeof value === 'string' ? value : isFunction ? (value.config as string) : named?.className;
  // A package before the name is that of somebody's own function, which may differ from Keras's of the same name.
  const activation = name === undefined || name.includes('>') ? undefined : findActivation(name);
  if (activation === undefined)
    throw layer.error(`its activation ${JSON.stringify(name ?? value)} is not one that can be an argument here`);
  return activation(builder, x, isFunction || named === undefined ? layer.withoutValues() : named);
}

/** By the name of the function or of its layer: `leaky_relu` and `LeakyReLU` are the same. */
export function findActivation(name: string): Activation | undefined {
  const plain = name.replace(/^.*[>.]/, '');
  const key = plain.toLowerCase();
  const wanted = otherNames.get(key) ?? key;
  return Object.entries(activations).find(([own]) => own.replaceAll('_', '') === wanted.replaceAll('_', ''))?.[1];
}

/** An argument of the activation, or what it is where nothing is said. */
function argument(config: LayerConfig | undefined, key: string, fallback: number): number {
  return config?.number(key, fallback) ?? fallback;
}

/** Along the axes; TensorFlow.js has an operation for the last one only. */
function softmax(builder: GraphBuilder, x: GraphNode, axes: readonly number[]): GraphNode {
  const isLast = axes.length === 1 && resolveAxis(axes[0] as number, x.shape.length) === x.shape.length - 1;
  if (isLast) return builder.softmax(x);
  const powers = builder.unary('Exp', builder.subtract(x, builder.reduce('Max', x, axes, true)));
  return builder.divide(powers, builder.reduce('Sum', powers, axes, true));
}

function relu(builder: GraphBuilder, x: GraphNode, config: LayerConfig | undefined): GraphNode {
  const slope = argument(config, 'negative_slope', argument(config, 'alpha', 0));
  const threshold = argument(config, 'threshold', 0);
  const maximum = config?.values.max_value ?? undefined;
  if (threshold === 0 && slope === 0 && maximum === undefined) return builder.unary('Relu', x);
  if (threshold === 0 && slope === 0 && maximum === 6) return builder.unary('Relu6', x);
  if (config === undefined) return builder.unary('Relu', x);
  if (threshold === 0 && maximum === undefined) return builder.leakyRelu(x, slope);
  const high = maximum === undefined ? undefined : config.number('max_value');
  if (threshold === 0 && slope === 0 && high !== undefined) return builder.clip(x, 0, high);
  // slope x (x - threshold) below the threshold, x above it, at most `high`.
  const below = builder.multiply(builder.subtract(x, threshold), slope);
  const above = high === undefined ? x : builder.binary('Minimum', x, builder.scalar(high));
  return builder.select(builder.compare('GreaterEqual', x, threshold), above, below);
}

function elu(builder: GraphBuilder, x: GraphNode, alpha: number): GraphNode {
  if (alpha === 1) return builder.unary('Elu', x);
  const negative = builder.multiply(builder.unary('Elu', builder.binary('Minimum', x, builder.scalar(0))), alpha);
  return builder.add(builder.unary('Relu', x), negative);
}

function gelu(builder: GraphBuilder, x: GraphNode, isApproximate: boolean): GraphNode {
  // The factor comes last, where the layer after it may take it over.
  const gated = (gate: GraphNode) => builder.multiply(builder.multiply(x, builder.add(gate, 1)), 0.5);
  if (!isApproximate) return gated(builder.unary('Erf', builder.multiply(x, Math.SQRT1_2)));
  const cubic = builder.multiply(builder.multiply(builder.unary('Square', x), x), geluCoefficient);
  const inner = builder.multiply(builder.add(x, cubic), Math.sqrt(2 / Math.PI));
  return gated(builder.unary('Tanh', inner));
}

/** A tensor of x's shape that holds one value. */
function constantLike(builder: GraphBuilder, x: GraphNode, value: number): GraphNode {
  const zeros = builder.multiply(x, 0);
  return value === 0 ? zeros : builder.add(zeros, value);
}
