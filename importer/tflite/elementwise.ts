import type { BinaryOperation, UnaryOperation } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { activations } from '../keras/activations.ts';
import { applyFusedActivation } from './fused-activation.ts';
import { inputOf, notImported, type OperationContext, type OperationConverter } from './operation-context.ts';

const unary =
  (op: UnaryOperation): OperationConverter =>
  (context) =>
    context.builder.unary(op, inputOf(context));

/** With a fused activation, whose number stands first among the options of ADD, SUB, MUL and DIV. */
const fusedBinary =
  (op: BinaryOperation): OperationConverter =>
  (context) =>
    applyFusedActivation(context, binaryOf(context, op), context.options?.int8(0) ?? 0);

const binary =
  (op: BinaryOperation): OperationConverter =>
  (context) =>
    binaryOf(context, op);

function binaryOf(context: OperationContext, op: BinaryOperation) {
  return context.builder.binary(op, inputOf(context), inputOf(context, 1));
}

/** One of Keras's own activations. */
const activation =
  (name: string): OperationConverter =>
  (context) => {
    const apply = activations[name];
    if (apply === undefined) throw notImported(context, `there is no activation ${name}`);
    return apply(context.builder, inputOf(context));
  };

const softmax: OperationConverter = (context) => {
  const beta = context.options?.float32(0, 1) ?? 1;
  const x = inputOf(context);
  return context.builder.softmax(beta === 1 ? x : context.builder.multiply(x, beta));
};

/** 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))), D. Hendrycks and K. Gimpel, 2016. */
const approximateGelu: OperationConverter = (context) => {
  const { builder } = context;
  const x = inputOf(context);
  const cube = builder.multiply(builder.multiply(builder.unary('Square', x), x), 0.044715);
  const inner = builder.multiply(builder.add(x, cube), Math.sqrt(2 / Math.PI));
  return builder.multiply(builder.multiply(x, 0.5), builder.add(builder.unary('Tanh', inner), 1));
};

/** x above zero, alpha × x below. */
const prelu: OperationConverter = (context) => {
  const { builder } = context;
  const x = inputOf(context);
  const negative = builder.binary('Minimum', x, builder.scalar(0));
  return builder.add(builder.unary('Relu', x), builder.multiply(negative, inputOf(context, 1)));
};

const addAll: OperationConverter = (context) => {
  const { builder, inputs } = context;
  return inputs
    .slice(1)
    .reduce<GraphNode>((sum, _, index) => builder.add(sum, inputOf(context, index + 1)), inputOf(context));
};

/** Over the last axis, with the epsilon that TensorFlow Lite's own kernel has. */
const l2Normalization: OperationConverter = (context) => {
  const { builder } = context;
  const x = inputOf(context);
  const length = builder.unary('Sqrt', builder.reduce('Sum', builder.unary('Square', x), [-1], true));
  return builder.divide(x, builder.binary('Maximum', length, builder.scalar(1e-6)));
};

const identity: OperationConverter = (context) => inputOf(context);

export const elementwise: Readonly<Record<string, OperationConverter>> = {
  ADD: fusedBinary('AddV2'),
  SUB: fusedBinary('Sub'),
  MUL: fusedBinary('Mul'),
  DIV: fusedBinary('RealDiv'),
  MAXIMUM: binary('Maximum'),
  MINIMUM: binary('Minimum'),
  POW: binary('Pow'),
  SQUARED_DIFFERENCE: binary('SquaredDifference'),
  ADD_N: addAll,
  RELU: unary('Relu'),
  RELU6: unary('Relu6'),
  RELU_N1_TO_1: ({ builder, ...rest }) => builder.clip(inputOf({ builder, ...rest }), -1, 1),
  RELU_0_TO_1: ({ builder, ...rest }) => builder.clip(inputOf({ builder, ...rest }), 0, 1),
  LEAKY_RELU: (context) => context.builder.leakyRelu(inputOf(context), context.options?.float32(0) ?? 0),
  ELU: unary('Elu'),
  PRELU: prelu,
  LOGISTIC: unary('Sigmoid'),
  TANH: unary('Tanh'),
  HARD_SWISH: activation('hard_silu'),
  GELU: (context) => (context.options?.boolean(0) ? approximateGelu(context) : activation('gelu')(context)),
  SOFTMAX: softmax,
  LOG_SOFTMAX: activation('log_softmax'),
  L2_NORMALIZATION: l2Normalization,
  EXP: unary('Exp'),
  LOG: unary('Log'),
  SQRT: unary('Sqrt'),
  RSQRT: unary('Rsqrt'),
  SQUARE: unary('Square'),
  NEG: unary('Neg'),
  ABS: unary('Abs'),
  SIGN: unary('Sign'),
  FLOOR: unary('Floor'),
  CEIL: unary('Ceil'),
  ROUND: unary('Round'),
  SIN: unary('Sin'),
  COS: unary('Cos'),
  // Activations stay real numbers, weights were made so when they were read.
  QUANTIZE: identity,
  DEQUANTIZE: identity,
  FAKE_QUANT: identity,
  CAST: identity,
};
