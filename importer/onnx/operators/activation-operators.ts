import { activations } from '../../keras/activations.ts';
import type { LaidOut } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { combine, unary } from './elementwise.ts';

/** One of Keras's activations that ONNX has without arguments of its own. */
const activation =
  (name: string): OperationConverter =>
  (context) => {
    const x = inputOf(context);
    const apply = activations[name];
    if (apply === undefined) throw notImported(context, `there is no activation ${name}`);
    return like(x, apply(context.builder, x.node));
  };

/** Bounds are attributes before opset 11; one that is left out does not bound. */
const clip: OperationConverter = (context) => {
  const { attributes, inputs, opset } = context;
  const x = inputOf(context);
  const bound = (index: number, name: string, otherwise: number) => {
    if (opset < 11) return attributes.float(name, otherwise);
    return inputs[index] === undefined ? otherwise : (constantOf(context, index).values[0] ?? otherwise);
  };
  return like(x, clipped(context, x, bound(1, 'min', -Infinity), bound(2, 'max', Infinity)));
};

export function clipped({ builder }: OperationContext, { node }: LaidOut, low: number, high: number) {
  const [isBelow, isAbove] = [low > -3.4e38, high < 3.4e38];
  if (low === 0 && high === 6) return builder.unary('Relu6', node);
  if (low === 0 && !isAbove) return builder.unary('Relu', node);
  if (isBelow && isAbove) return builder.clip(node, low, high);
  if (isBelow) return builder.binary('Maximum', node, builder.scalar(low));
  return isAbove ? builder.binary('Minimum', node, builder.scalar(high)) : node;
}

const leakyRelu: OperationConverter = (context) => {
  const x = inputOf(context);
  return like(x, context.builder.leakyRelu(x.node, context.attributes.float('alpha', 0.01)));
};

const elu: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const alpha = attributes.float('alpha', 1);
  if (alpha === 1) return like(x, builder.unary('Elu', x.node));
  const negative = builder.multiply(builder.unary('Elu', builder.binary('Minimum', x.node, builder.scalar(0))), alpha);
  return like(x, builder.add(builder.unary('Relu', x.node), negative));
};

/** gamma × (alpha × (eˣ − 1)) below zero, gamma × x above. */
const selu: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const alpha = attributes.float('alpha', 1.6732632);
  const gamma = attributes.float('gamma', 1.050701);
  const below = builder.multiply(builder.unary('Elu', builder.binary('Minimum', x.node, builder.scalar(0))), alpha);
  return like(x, builder.multiply(builder.add(builder.unary('Relu', x.node), below), gamma));
};

const celu: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const alpha = attributes.float('alpha', 1);
  const scaled = builder.multiply(builder.binary('Minimum', x.node, builder.scalar(0)), 1 / alpha);
  return like(x, builder.add(builder.unary('Relu', x.node), builder.multiply(builder.unary('Elu', scaled), alpha)));
};

/** x above zero, slope × x below, a slope for each channel. */
const prelu: OperationConverter = (context) => {
  const { builder } = context;
  const x = inputOf(context);
  const below = like(x, builder.binary('Minimum', x.node, builder.scalar(0)));
  const scaled = combine(context, 'Mul', below, inputOf(context, 1));
  return combine(context, 'AddV2', like(x, builder.unary('Relu', x.node)), scaled);
};

/** max(0, min(1, alpha × x + beta)); a sixth and a half, as PyTorch has it, by Relu6. */
const hardSigmoid: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const [alpha, beta] = [attributes.float('alpha', 0.2), attributes.float('beta', 0.5)];
  if (Math.abs(alpha - 1 / 6) < 1e-6 && beta === 0.5)
    return like(x, (activations.hard_sigmoid as NonNullable<(typeof activations)[string]>)(builder, x.node));
  return like(x, builder.clip(builder.add(builder.multiply(x.node, alpha), beta), 0, 1));
};

const gelu: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  if (attributes.text('approximate', 'none') === 'none')
    return like(x, (activations.gelu as NonNullable<(typeof activations)[string]>)(builder, x.node));
  const cubic = builder.multiply(builder.multiply(builder.unary('Square', x.node), x.node), 0.044715);
  const gate = builder.unary('Tanh', builder.multiply(builder.add(x.node, cubic), Math.sqrt(2 / Math.PI)));
  return like(x, builder.multiply(builder.multiply(x.node, builder.add(gate, 1)), 0.5));
};

/** x × σ(alpha × x). */
const swishOf =
  (slope: number): OperationConverter =>
  (context) => {
    const { builder, attributes } = context;
    const x = inputOf(context);
    const alpha = attributes.float('alpha', slope);
    const gate = builder.unary('Sigmoid', alpha === 1 ? x.node : builder.multiply(x.node, alpha));
    return like(x, builder.multiply(x.node, gate));
  };

/** Operators that bend each value. */
export const activationOperators: Readonly<Record<string, OperationConverter>> = {
  Celu: celu,
  Clip: clip,
  Elu: elu,
  Gelu: gelu,
  HardSigmoid: hardSigmoid,
  HardSwish: activation('hard_silu'),
  LeakyRelu: leakyRelu,
  Mish: activation('mish'),
  PRelu: prelu,
  Relu: unary('Relu'),
  Selu: selu,
  Sigmoid: unary('Sigmoid'),
  Softplus: unary('Softplus'),
  Softsign: activation('softsign'),
  Swish: swishOf(1),
  Tanh: unary('Tanh'),
  // onnxruntime's, of which a slope of 1 is the Swish of older opsets.
  'com.microsoft.QuickGelu': swishOf(1.702),
};
