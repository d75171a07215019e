import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode, Values } from '../../graph/node.ts';
import { countValues, resolveAxis } from '../../graph/shape.ts';
import { arrange, channelsLast, type LaidOut, laidPlain, plain, shapeOf } from '../laid-out.ts';
import { meanOver } from '../mean-over.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';

/** The value with ONNX's axis 1 last, where factors of one number a channel lie. */
function channelsInnermost({ builder }: OperationContext, x: LaidOut): LaidOut {
  if (x.order.length < 2) throw new RangeError(`a tensor of [${shapeOf(x)}] has no channels`);
  if (x.order.at(-1) === 1) return x;
  const order = x.order.length === 4 ? channelsLast : [...x.order.filter((axis) => axis !== 1), 1];
  return { node: arrange(builder, x, order), order };
}

/** At inference: x times a factor plus a term for each channel, which a convolution before it can take over. */
const batchNormalization: OperationConverter = (context) => {
  const { builder, attributes, outputCount } = context;
  if (attributes.integer('training_mode', 0) === 1 || outputCount > 1)
    throw notImported(context, 'it is one of training');
  const x = channelsInnermost(context, inputOf(context));
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index): Values => constantOf(context, index).values) as [
    Values,
    Values,
    Values,
    Values,
  ];
  const epsilon = attributes.float('epsilon', 1e-5);
  const factor = Float64Array.from(
    scale,
    (value: number, at: number) => value / Math.sqrt((variance[at] as number) + epsilon),
  );
  const term = Float64Array.from(factor, (value, at) => (bias[at] as number) - (mean[at] as number) * value);
  const channels = x.node.shape.at(-1) as number;
  const scaled = builder.multiply(x.node, builder.constant('scale', Float32Array.from(factor), [channels]));
  return like(x, builder.add(scaled, builder.constant('offset', Float32Array.from(term), [channels])));
};

/** (x − mean) ÷ √(variance + epsilon). */
export function standardise(builder: GraphBuilder, x: GraphNode, axes: readonly number[], epsilon: number): GraphNode {
  const difference = builder.subtract(x, meanOver(builder, x, axes));
  const variance = meanOver(builder, builder.unary('Square', difference), axes);
  return builder.multiply(difference, builder.unary('Rsqrt', builder.add(variance, epsilon)));
}

/** The axes from `axis` on, as places of the node, and factors for them laid out alike. */
function fromAxisOn(context: OperationContext, x: LaidOut) {
  const { builder, attributes } = context;
  const rank = x.order.length;
  const first = resolveAxis(attributes.integer('axis', -1), rank);
  const axes = x.order.flatMap((axis, place) => (axis >= first ? [place] : []));
  const shape = shapeOf(x);
  const factors = (index: number) => {
    const constant = constantOf(context, index);
    const whole = [...Array<number>(rank - constant.shape.length).fill(1), ...constant.shape];
    if (whole.some((size, axis) => size !== 1 && size !== shape[axis]))
      throw new RangeError('its factors do not fit its input');
    return arrange(builder, laidPlain(builder.reshape(constant, whole)), x.order);
  };
  return { axes, factors };
}

const layerNormalization: OperationConverter = (context) => {
  const { builder, attributes, inputs, outputCount } = context;
  if (outputCount > 1) throw notImported(context, 'it also answers the mean');
  const x = inputOf(context);
  const { axes, factors } = fromAxisOn(context, x);
  const scaled = builder.multiply(standardise(builder, x.node, axes, attributes.float('epsilon', 1e-5)), factors(1));
  return like(x, inputs[2] === undefined ? scaled : builder.add(scaled, factors(2)));
};

const rmsNormalization: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const { axes, factors } = fromAxisOn(context, x);
  const power = meanOver(builder, builder.unary('Square', x.node), axes);
  const root = builder.unary('Rsqrt', builder.add(power, attributes.float('epsilon', 1e-5)));
  return like(x, builder.multiply(builder.multiply(x.node, root), factors(1)));
};

/** Each channel over its own places. */
const instanceNormalization: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = channelsInnermost(context, inputOf(context));
  const axes = x.order.flatMap((axis, place) => (axis > 1 ? [place] : []));
  const normalised = standardise(builder, x.node, axes, attributes.float('epsilon', 1e-5));
  return like(x, builder.add(builder.multiply(normalised, constantOf(context, 1)), constantOf(context, 2)));
};

/** Over the picture and each group of channels; before opset 21 the factors are one a group. */
const groupNormalization: OperationConverter = (context) => {
  const { builder, attributes, opset } = context;
  const x = channelsInnermost(context, inputOf(context));
  const channels = x.node.shape.at(-1) as number;
  const groups = attributes.integer('num_groups', 1);
  if (groups < 1 || channels % groups !== 0)
    throw notImported(context, `its ${groups} groups do not divide ${channels} channels`);
  const grouped = builder.reshape(x.node, [1, countValues(x.node.shape) / channels, groups, channels / groups]);
  const normalised = builder.reshape(
    standardise(builder, grouped, [1, 3], attributes.float('epsilon', 1e-5)),
    x.node.shape,
  );
  const factors = (index: number) => {
    const { values } = constantOf(context, index);
    const perGroup = opset < 21 && values.length === groups;
    const spread = Float32Array.from(
      { length: channels },
      (_, channel) => values[perGroup ? Math.floor((channel * groups) / channels) : channel] as number,
    );
    return builder.constant(`factors_${index}`, spread, [channels]);
  };
  return like(x, builder.add(builder.multiply(normalised, factors(1)), factors(2)));
};

/** AlexNet's and GoogLeNet's normalisation over neighbouring channels (A. Krizhevsky et al., 2012). */
const localResponse: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = channelsInnermost(context, inputOf(context));
  const size = attributes.integer('size', 1);
  if (x.order.length !== 4 || size % 2 === 0)
    throw notImported(context, `it is over ${size} channels of a tensor of [${shapeOf(x)}]`);
  const node = builder.node('LRN', [x.node], {
    shape: x.node.shape,
    attributes: {
      depth_radius: { int: (size - 1) / 2 },
      bias: { float: attributes.float('bias', 1) },
      alpha: { float: attributes.float('alpha', 1e-4) / size },
      beta: { float: attributes.float('beta', 0.75) },
    },
  });
  return like(x, node);
};

const lpNormalization: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  if (attributes.integer('p', 2) !== 2) throw notImported(context, 'its p is not 2');
  const axes = [x.order.indexOf(resolveAxis(attributes.integer('axis', -1), x.order.length))];
  const length = builder.unary('Sqrt', builder.reduce('Sum', builder.unary('Square', x.node), axes, true));
  return like(x, builder.divide(x.node, length));
};

/** Softmax along an axis; before opset 13 over all axes from it on. */
function alongAxis(context: OperationContext, compute: (builder: GraphBuilder, x: GraphNode) => GraphNode): LaidOut {
  const { builder, attributes, opset } = context;
  const x = inputOf(context);
  const rank = x.order.length;
  const axis = resolveAxis(attributes.integer('axis', opset < 13 ? 1 : -1), rank);
  const shape = shapeOf(x);
  const isOne = opset >= 13 || shape.slice(axis + 1).every((size) => size === 1);
  if (!isOne) {
    const flat = builder.reshape(plain(builder, x), [
      countValues(shape.slice(0, axis)),
      countValues(shape.slice(axis)),
    ]);
    return laidPlain(builder.reshape(compute(builder, flat), shape));
  }
  const order = x.order.at(-1) === axis ? x.order : [...x.order.filter((other) => other !== axis), axis];
  return { node: compute(builder, arrange(builder, x, order)), order };
}

const softmax: OperationConverter = (context) => alongAxis(context, (builder, x) => builder.softmax(x));

const logSoftmax: OperationConverter = (context) =>
  alongAxis(context, (builder, x) => {
    const shifted = builder.subtract(x, builder.reduce('Max', x, [-1], true));
    return builder.subtract(
      shifted,
      builder.unary('Log', builder.reduce('Sum', builder.unary('Exp', shifted), [-1], true)),
    );
  });

export const normalisation: Readonly<Record<string, OperationConverter>> = {
  BatchNormalization: batchNormalization,
  GroupNormalization: groupNormalization,
  InstanceNormalization: instanceNormalization,
  LRN: localResponse,
  LayerNormalization: layerNormalization,
  LogSoftmax: logSoftmax,
  LpNormalization: lpNormalization,
  RMSNormalization: rmsNormalization,
  Softmax: softmax,
};
