import type { GraphBuilder, UnaryOperation } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { isJsonObject } from './json.ts';
import { type LayerConfig, nestedConfig } from './layer-config.ts';

/** Computes an activation; `config` holds its arguments where it was given as a layer. */
export type Activation = (builder: GraphBuilder, x: GraphNode, config?: LayerConfig) => GraphNode;

const unary =
  (op: UnaryOperation): Activation =>
  (builder, x) =>
    builder.unary(op, x);

const geluCoefficient = 0.044715;

/** (0 … 1) rising by `slope` from -0.5 / slope on, by Relu6, which every backend has. */
function hardSigmoid(builder: GraphBuilder, x: GraphNode): GraphNode {
  return builder.multiply(builder.unary('Relu6', builder.add(x, 3)), 1 / 6);
}

/** Every activation of Keras 3 by its name, and those of earlier versions. */
export const activations: Readonly<Record<string, Activation>> = {
  linear: (_builder, x) => x,
  relu: (builder, x, config) => relu(builder, x, config),
  relu6: unary('Relu6'),
  elu: (builder, x, config) => elu(builder, x, config?.number('alpha', 1) ?? 1),
  selu: unary('Selu'),
  sigmoid: unary('Sigmoid'),
  tanh: unary('Tanh'),
  softplus: unary('Softplus'),
  exponential: unary('Exp'),
  softmax: (builder, x) => builder.softmax(x),
  leaky_relu: (builder, x, config) => builder.leakyRelu(x, config?.number('negative_slope', 0.2) ?? 0.2),
  softsign: (builder, x) => builder.divide(x, builder.add(builder.unary('Abs', x), 1)),
  silu: (builder, x) => builder.multiply(x, builder.unary('Sigmoid', x)),
  hard_sigmoid: hardSigmoid,
  hard_silu: (builder, x) => builder.multiply(x, hardSigmoid(builder, x)),
  hard_tanh: (builder, x) => builder.clip(x, -1, 1),
  mish: (builder, x) => builder.multiply(x, builder.unary('Tanh', builder.unary('Softplus', x))),
  gelu: (builder, x, config) => gelu(builder, x, config?.boolean('approximate', false) ?? false),
  log_softmax: (builder, x) => builder.subtract(centred(builder, x), logOfSum(builder, centred(builder, x))),
  log_sigmoid: (builder, x) => builder.unary('Neg', builder.unary('Softplus', builder.unary('Neg', x))),
  celu: (builder, x) => elu(builder, x, 1),
  glu: (builder, x) => {
    const half = (x.shape.at(-1) as number) / 2;
    const size = [...x.shape.slice(0, -1), half];
    const begin = x.shape.map(() => 0);
    const gate = builder.slice(x, [...begin.slice(0, -1), half], size);
    return builder.multiply(builder.slice(x, begin, size), builder.unary('Sigmoid', gate));
  },
  threshold: (builder, x, config) => thresholded(builder, x, config?.number('theta', 1) ?? 1),
  tanh_shrink: (builder, x) => builder.subtract(x, builder.unary('Tanh', x)),
  hard_shrink: (builder, x) => {
    const isFar = builder.compare('Greater', builder.unary('Abs', x), 0.5);
    return builder.select(isFar, x, builder.multiply(x, 0));
  },
  soft_shrink: (builder, x) => {
    const above = builder.unary('Relu', builder.add(x, -0.5));
    return builder.subtract(above, builder.unary('Relu', builder.subtract(builder.unary('Neg', x), 0.5)));
  },
  squareplus: (builder, x) => {
    const root = builder.unary('Sqrt', builder.add(builder.unary('Square', x), 4));
    return builder.multiply(builder.add(x, root), 0.5);
  },
  sparse_plus: (builder, x) => {
    const middle = builder.multiply(builder.unary('Square', builder.add(x, 1)), 0.25);
    const lower = builder.select(builder.compare('LessEqual', x, -1), builder.multiply(x, 0), middle);
    return builder.select(builder.compare('GreaterEqual', x, 1), x, lower);
  },
  sparse_sigmoid: (builder, x) => builder.multiply(builder.add(builder.clip(x, -1, 1), 1), 0.5),
};

const otherNames: Readonly<Record<string, string>> = {
  swish: 'silu',
  hard_swish: 'hard_silu',
  hardswish: 'hard_silu',
  sigmoid_hard: 'hard_sigmoid',
};

/** Applies what a layer's `activation` argument names: nothing, a name, a function or another layer. */
export function applyActivation(builder: GraphBuilder, x: GraphNode, value: unknown, layer: LayerConfig): GraphNode {
  if (value === undefined || value === null) return x;
  const named = nestedConfig(value, layer);
  const isFunction = isJsonObject(value) && typeof value.config === 'string';
  const name = typeof value === 'string' ? value : isFunction ? (value.config as string) : named?.className;
  const activation = name === undefined ? undefined : findActivation(name);
  if (activation === undefined)
    throw layer.error(`its activation ${JSON.stringify(name ?? value)} is not one of Keras's own`);
  return activation(builder, x, isFunction ? undefined : named);
}

/** By the name of the function or of its layer: `leaky_relu` and `LeakyReLU` are the same. */
export function findActivation(name: string): Activation | undefined {
  const plain = name.replace(/^.*[>.]/, '');
  const key = plain.toLowerCase();
  const wanted = otherNames[key] ?? key;
  return Object.entries(activations).find(([own]) => own.replaceAll('_', '') === wanted.replaceAll('_', ''))?.[1];
}

function relu(builder: GraphBuilder, x: GraphNode, config: LayerConfig | undefined): GraphNode {
  const slope = config?.number('negative_slope', config.number('alpha', 0)) ?? 0;
  const threshold = config?.number('threshold', 0) ?? 0;
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

function thresholded(builder: GraphBuilder, x: GraphNode, theta: number): GraphNode {
  return builder.select(builder.compare('Greater', x, theta), x, builder.multiply(x, 0));
}

function centred(builder: GraphBuilder, x: GraphNode): GraphNode {
  return builder.subtract(x, builder.reduce('Max', x, [-1], true));
}

function logOfSum(builder: GraphBuilder, x: GraphNode): GraphNode {
  return builder.unary('Log', builder.reduce('Sum', builder.unary('Exp', x), [-1], true));
}
