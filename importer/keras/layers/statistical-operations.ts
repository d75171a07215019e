import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import type { LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

type Statistic = (builder: GraphBuilder, x: GraphNode, axes: readonly number[], keepsAxes: boolean) => GraphNode;

/** A function of all values along the axes. */
const along =
  (compute: Statistic): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    const x = given.tensor(0, 'x', 'input_tensor', 'tensor', 'logits');
    const axes = given.integers(-1, 'axis', 'axes') ?? x.shape.map((_, axis) => axis);
    return compute(context.builder, x, axes, given.boolean(-1, 'keepdims', false));
  };

const variance: Statistic = (builder, x, axes, keepsAxes) => {
  const difference = builder.subtract(x, builder.reduce('Mean', x, axes, true));
  return builder.reduce('Mean', builder.unary('Square', difference), axes, keepsAxes);
};

const logSumExp: Statistic = (builder, x, axes, keepsAxes) => {
  const powers = builder.unary('Exp', builder.subtract(x, builder.reduce('Max', x, axes, true)));
  const sum = builder.unary('Log', builder.reduce('Sum', powers, axes, keepsAxes));
  return builder.add(sum, builder.reduce('Max', x, axes, keepsAxes));
};

const rootOfSquares: Statistic = (builder, x, axes, keepsAxes) =>
  builder.unary('Sqrt', builder.reduce('Sum', builder.unary('Square', x), axes, keepsAxes));

const moments: LayerConverter = (context) => {
  const mean = along((builder, x, axes, keepsAxes) => builder.reduce('Mean', x, axes, keepsAxes));
  return [mean(context), along(variance)(context)] as GraphNode[];
};

const norm: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const order = given.value(-1, 'ord') ?? 2;
  const axes = given.integers(-1, 'axis') ?? [];
  if (order === 1 && axes.length === 1) {
    return along((builder, x, own, keepsAxes) => builder.reduce('Sum', builder.unary('Abs', x), own, keepsAxes))(
      context,
    );
  }
  const isPlain = order === 'euclidean' || order === 'fro' || (order === 2 && axes.length === 1);
  if (!isPlain) throw context.config.error(`its ord is ${JSON.stringify(order)}`);
  return along(rootOfSquares)(context);
};

/** Made of length 1; the sum of squares, not its root, is kept from zero. TensorFlow's own takes all axes for none. */
const normalize: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x');
  const order = given.number(-1, 'order', 2);
  if (order !== 2) throw config.error(`its order is ${order}`);
  const all = x.shape.map((_, axis) => axis);
  const axes = given.integers(1, 'axis') ?? (config.className === 'Normalize' ? [-1] : all);
  const power = builder.reduce('Sum', builder.unary('Square', x), axes, true);
  const epsilon = builder.scalar(given.number(2, 'epsilon', 1e-12), 'epsilon');
  return builder.multiply(x, builder.unary('Rsqrt', builder.binary('Maximum', power, epsilon)));
};

const layerNorm: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  if (given.boolean(-1, 'rms_scaling', false)) throw config.error('its rms_scaling is not supported');
  const x = given.tensor(0, 'x');
  const axes = given.integers(-1, 'axis') ?? [-1];
  if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== x.shape.length - 1))
    throw config.error('its axis is not the last');
  const difference = builder.subtract(x, builder.reduce('Mean', x, axes, true));
  const power = builder.reduce('Mean', builder.unary('Square', difference), axes, true);
  const epsilon = given.number(-1, 'epsilon', 1e-7);
  const normalized = builder.multiply(difference, builder.unary('Rsqrt', builder.add(power, epsilon)));
  const [gamma, beta] = [given.optionalTensor(1, 'gamma'), given.optionalTensor(2, 'beta')];
  const scaled = gamma ? builder.multiply(normalized, gamma) : normalized;
  return beta ? builder.add(scaled, beta) : scaled;
};

const batchNorm: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x');
  const axis = given.number(-1, 'axis', -1);
  if (axis !== -1 && axis !== x.shape.length - 1) throw config.error('its axis is not the last');
  const deviation = builder.unary('Rsqrt', builder.add(given.tensor(2, 'variance'), given.number(-1, 'epsilon', 1e-3)));
  const scale = given.optionalTensor(4, 'scale');
  const factor = scale ? builder.multiply(deviation, scale) : deviation;
  const offset = builder.multiply(builder.multiply(given.tensor(1, 'mean'), factor), -1);
  const beta = given.optionalTensor(3, 'offset');
  return builder.add(builder.multiply(x, factor), beta ? builder.add(offset, beta) : offset);
};

export const statisticalOperations: Readonly<Record<string, LayerConverter>> = {
  BatchNorm: batchNorm,
  L2Normalize: normalize,
  LayerNorm: layerNorm,
  Logsumexp: along(logSumExp),
  Moments: moments,
  Norm: norm,
  Normalize: normalize,
  Std: along((builder, x, axes, keepsAxes) => builder.unary('Sqrt', variance(builder, x, axes, keepsAxes))),
  Var: along(variance),
};
