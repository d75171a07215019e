import type { BinaryOperation, Comparison, UnaryOperation } from '../../graph/graph-builder.ts';
import { isConstant } from '../../graph/node.ts';
import { activations } from '../../keras/activations.ts';
import { alignOperands, arrange, type LaidOut, shapeOf, widen } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';

const identity: OperationConverter = (context) => inputOf(context);

const unary =
  (op: UnaryOperation): OperationConverter =>
  (context) => {
    const x = inputOf(context);
    return like(x, context.builder.unary(op, x.node));
  };

/** One of Keras's activations that ONNX has without arguments of its own. */
const activation =
  (name: string): OperationConverter =>
  (context) => {
    const x = inputOf(context);
    const apply = activations[name];
    if (apply === undefined) throw notImported(context, `there is no activation ${name}`);
    return like(x, apply(context.builder, x.node));
  };

function combine({ builder }: OperationContext, op: BinaryOperation, left: LaidOut, right: LaidOut): LaidOut {
  const { a, b, order } = alignOperands(builder, left, right);
  return { node: builder.binary(op, a, b), order };
}

const binary =
  (op: BinaryOperation): OperationConverter =>
  (context) =>
    combine(context, op, inputOf(context), inputOf(context, 1));

/** Of any number of operands. */
const folded =
  (op: BinaryOperation): OperationConverter =>
  (context) =>
    context.inputs
      .slice(1)
      .reduce<LaidOut>((sum, _, index) => combine(context, op, sum, inputOf(context, index + 1)), inputOf(context));

const mean: OperationConverter = (context) => {
  const sum = folded('AddV2')(context) as LaidOut;
  return like(sum, context.builder.multiply(sum.node, 1 / context.inputs.length));
};

/** Squares and roots by operations of their own, which every backend computes alike for negative bases. */
const power: OperationConverter = (context) => {
  const { builder } = context;
  const x = inputOf(context);
  const exponent = inputOf(context, 1);
  const value = isConstant(exponent.node) && exponent.node.values.length === 1 ? exponent.node.values[0] : undefined;
  if (value === 1) return x;
  if (value === 2) return like(x, builder.unary('Square', x.node));
  if (value === 3) return like(x, builder.multiply(builder.unary('Square', x.node), x.node));
  if (value === 0.5) return like(x, builder.unary('Sqrt', x.node));
  if (value === -0.5) return like(x, builder.unary('Rsqrt', x.node));
  if (exponent.node.dtype === 'int32' && isConstant(exponent.node)) {
    const real = builder.constant('exponent', Float32Array.from(exponent.node.values), exponent.node.shape);
    return combine(context, 'Pow', x, { node: real, order: exponent.order });
  }
  return combine(context, 'Pow', x, exponent);
};

const compare =
  (op: Comparison): OperationConverter =>
  (context) => {
    const { a, b, order } = alignOperands(context.builder, inputOf(context), inputOf(context, 1));
    return { node: context.builder.compare(op, a, b), order };
  };

/** Where the condition is known, by arithmetic: a mask is a constant then, and no backend needs to choose. */
const where: OperationConverter = (context) => {
  const { builder } = context;
  const [condition, a, b] = [inputOf(context), inputOf(context, 1), inputOf(context, 2)];
  const rank = Math.max(...[condition, a, b].map(({ order }) => order.length));
  const wide = [condition, a, b].map((value) => widen(builder, value, rank)) as [LaidOut, LaidOut, LaidOut];
  const { order } = wide.find(({ node }) => !isConstant(node)) ?? wide[0];
  const [mask, yes, no] = wide.map((value) => arrange(builder, value, order)) as [never, never, never];
  if (!isConstant(mask)) return { node: builder.select(mask, yes, no), order };
  const { values } = mask as { values: ArrayLike<number> };
  const isAll = (wanted: boolean) => Array.from(values).every((value) => (value !== 0) === wanted);
  const whole = shapeOf({ node: builder.add(yes, no), order }).join();
  if (isAll(true) && shapeOf(wide[1]).join() === whole) return { node: yes, order };
  if (isAll(false) && shapeOf(wide[2]).join() === whole) return { node: no, order };
  throw notImported(context, 'it chooses values by a mask');
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
const swish: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = inputOf(context);
  const alpha = attributes.float('alpha', 1);
  const gate = builder.unary('Sigmoid', alpha === 1 ? x.node : builder.multiply(x.node, alpha));
  return like(x, builder.multiply(x.node, gate));
};

const dropout: OperationConverter = (context) => {
  const { inputs, outputCount } = context;
  const training = inputs[2] === undefined ? 0 : (constantOf(context, 2).values[0] ?? 0);
  if (training !== 0) throw notImported(context, 'it is one of training');
  const x = inputOf(context);
  // The mask that is a second result is used by nothing at inference.
  return Array.from({ length: Math.max(1, outputCount) }, () => x);
};

const cast: OperationConverter = (context) => {
  const type = context.attributes.integer('to', 1);
  const x = inputOf(context);
  const isReal = [1, 10, 11, 16].includes(type);
  if (isReal && x.node.dtype === 'float32') return x;
  if (!isReal) throw notImported(context, 'it makes whole numbers of what is computed from the photo');
  const attributes = { SrcT: { dtype: x.node.dtype }, DstT: { dtype: 'float32' as const } };
  return like(x, context.builder.node('Cast', [x.node], { shape: x.node.shape, dtype: 'float32', attributes }));
};

/** Operators that make each value from those at its place. */
export const elementwise: Readonly<Record<string, OperationConverter>> = {
  Abs: unary('Abs'),
  Add: binary('AddV2'),
  Cast: cast,
  CastLike: identity,
  Ceil: unary('Ceil'),
  Celu: celu,
  Clip: clip,
  Cos: unary('Cos'),
  Div: binary('RealDiv'),
  Dropout: dropout,
  Elu: elu,
  Equal: compare('Equal'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  Floor: unary('Floor'),
  Gelu: gelu,
  Greater: compare('Greater'),
  GreaterOrEqual: compare('GreaterEqual'),
  HardSigmoid: hardSigmoid,
  HardSwish: activation('hard_silu'),
  Identity: identity,
  LeakyRelu: leakyRelu,
  Less: compare('Less'),
  LessOrEqual: compare('LessEqual'),
  Log: unary('Log'),
  Max: folded('Maximum'),
  Mean: mean,
  Min: folded('Minimum'),
  Mish: activation('mish'),
  Mul: binary('Mul'),
  Neg: unary('Neg'),
  PRelu: prelu,
  Pow: power,
  Reciprocal: unary('Reciprocal'),
  Relu: unary('Relu'),
  Round: unary('Round'),
  Selu: selu,
  Sigmoid: unary('Sigmoid'),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Softplus: unary('Softplus'),
  Softsign: activation('softsign'),
  Sqrt: unary('Sqrt'),
  Sub: binary('Sub'),
  Sum: folded('AddV2'),
  Swish: swish,
  Tanh: unary('Tanh'),
  Where: where,
};
