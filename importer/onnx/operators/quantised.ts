import { type ConstantNode, isConstant } from '../../graph/node.ts';
import { countValues, resolveAxis } from '../../graph/shape.ts';
import { roundHalfToEven } from '../elementwise-values.ts';
import { valuesBy } from '../known.ts';
import { alignOperands, type LaidOut, laidPlain, plain } from '../laid-out.ts';
import { rangeOfType } from '../onnx-tensor.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { clipped } from './activation-operators.ts';
import { convolveWith, finishConvolution } from './convolutions.ts';
import { normalisation } from './normalisation.ts';
import { pooling } from './pooling.ts';
import { multiply } from './products.ts';

/*
 * Quantised models run in real numbers: what they store in 8 bits is read as the numbers that the bits stand for, and what
 * they would round on the way is not rounded. What they cut off on the way is cut off, since exporters leave out a ReLU
 * where the range of 8 bits does the same.
 */

/** (numbers − zero point) × scale, for all or along an axis, of values that the file stores. */
function dequantised(
  context: OperationContext,
  values: ConstantNode,
  scaleAt: number,
  zeroAt: number,
  axis: number,
): ConstantNode {
  const { builder, inputs } = context;
  const { values: scales, partOf } = alongAxis(context, values, scaleAt, axis);
  const zeros = inputs[zeroAt] === undefined ? undefined : constantOf(context, zeroAt).values;
  const real = valuesBy(false, values.values, (value, at) => {
    const part = partOf(at);
    return (value - (zeros?.[part] ?? 0)) * (scales[part] as number);
  });
  return builder.constant('weights', real, values.shape);
}

/** The scales of what the file stores, and which of them is that of a value: the only one, or one for each place of an axis. */
function alongAxis(context: OperationContext, { shape }: ConstantNode, scaleAt: number, axis: number) {
  const scales = constantOf(context, scaleAt).values;
  if (scales.length <= 1) return { values: scales, partOf: () => 0 };
  const along = resolveAxis(axis, shape.length);
  if (shape[along] !== scales.length)
    throw notImported(context, `it has ${scales.length} scales for an axis of ${shape[along]}`);
  const inner = countValues(shape.slice(along + 1));
  return { values: scales, partOf: (at: number) => Math.floor(at / inner) % scales.length };
}

/** What the type of the zero point can hold. */
function rangeOfZero(context: OperationContext, zeroAt: number): readonly [low: number, high: number] {
  const { inputs, typeOf, attributes } = context;
  const type = inputs[zeroAt] === undefined ? attributes.integer('output_dtype', 0) || 2 : typeOf(zeroAt);
  const range = rangeOfType(type);
  if (range === undefined) throw notImported(context, 'it makes another type than 8 or 16 bits');
  return range;
}

/** The real numbers that the type of the zero point can stand for. */
function rangeOf(context: OperationContext, scaleAt: number, zeroAt: number): readonly [low: number, high: number] {
  const [low, high] = rangeOfZero(context, zeroAt);
  const scales = constantOf(context, scaleAt).values;
  const zeros = context.inputs[zeroAt] === undefined ? Int32Array.of(0) : constantOf(context, zeroAt).values;
  const [scale, zero] = [scales[0], zeros[0]];
  if (scales.length !== 1 || scale === undefined || zero === undefined)
    throw notImported(context, 'what it quantises has a scale for each channel');
  return [(low - zero) * scale, (high - zero) * scale];
}

function cutOff(context: OperationContext, x: LaidOut, scaleAt: number, zeroAt: number): LaidOut {
  const [low, high] = rangeOf(context, scaleAt, zeroAt);
  return like(x, clipped(context, x, low, high));
}

const quantize: OperationConverter = (context) => {
  const x = inputOf(context);
  const node = plain(context.builder, x);
  return isConstant(node) ? laidPlain(quantisedConstant(context, node)) : cutOff(context, x, 1, 2);
};

/** Weights that the file stores as real numbers and rounds on the way, as training with rounded weights leaves them. */
function quantisedConstant(context: OperationContext, real: ConstantNode): ConstantNode {
  const { builder, inputs, attributes } = context;
  const { values, partOf } = alongAxis(context, real, 1, attributes.integer('axis', 1));
  const zeros = inputs[2] === undefined ? undefined : constantOf(context, 2).values;
  const [low, high] = rangeOfZero(context, 2);
  const whole = valuesBy(true, real.values, (value, at) => {
    const part = partOf(at);
    const steps = roundHalfToEven(value / (values[part] as number)) + (zeros?.[part] ?? 0);
    return Math.min(Math.max(steps, low), high);
  });
  return builder.constant('weights', whole, real.shape);
}

const dequantize: OperationConverter = (context) => {
  const x = inputOf(context);
  // What is computed is a real number already.
  if (!isConstant(x.node)) return x;
  return laidPlain(dequantised(context, x.node, 1, 2, context.attributes.integer('axis', 1)));
};

/** Kernel and picture are of 8 bits, the bias of 32 in steps of both scales. */
const convolve: OperationConverter = (context) => {
  const { inputs, builder } = context;
  const kernel = dequantised(context, constantOf(context, 3), 4, 5, 0);
  const scales = constantOf(context, 4).values;
  const scale = constantOf(context, 1).values[0] as number;
  const bias = inputs[8] && constantOf(context, 8);
  const real =
    bias &&
    builder.constant(
      'bias',
      Float32Array.from(bias.values, (value, at) => value * scale * (scales[scales.length > 1 ? at : 0] as number)),
      bias.shape,
    );
  const convolved = finishConvolution(context, convolveWith(context, realInput(context, 0, 1, 2), kernel), real);
  return cutOff(context, convolved, 6, 7);
};

/** An operand of 8 bits: what is computed is real already, what the file stores is made so. */
function realInput(context: OperationContext, at: number, scaleAt: number, zeroAt: number): LaidOut {
  const x = inputOf(context, at);
  return isConstant(x.node) ? laidPlain(dequantised(context, x.node, scaleAt, zeroAt, -1)) : x;
}

const matMul: OperationConverter = (context) =>
  cutOff(context, multiply(context, realInput(context, 0, 1, 2), realInput(context, 3, 4, 5)), 6, 7);

/** Inputs: a, its scale and zero, b, its scale and zero, bias in steps of both scales, the result's scale and zero. */
const gemm: OperationConverter = (context) => {
  const { builder, attributes, inputs } = context;
  const turn = (x: LaidOut, name: string) =>
    attributes.integer(name, 0) === 1 ? laidPlain(builder.transpose(plain(builder, x), [1, 0])) : x;
  const b = constantOf(context, 3);
  const isTurned = attributes.integer('transB', 0) === 1;
  const matrix = laidPlain(dequantised(context, b, 4, 5, isTurned ? 0 : 1));
  const product = multiply(context, turn(realInput(context, 0, 1, 2), 'transA'), turn(matrix, 'transB'));
  const scales = constantOf(context, 4).values;
  const scale = (constantOf(context, 1).values[0] as number) * attributes.float('alpha', 1);
  const bias = inputs[6] && constantOf(context, 6);
  const scaled =
    attributes.float('alpha', 1) === 1 ? product.node : builder.multiply(product.node, attributes.float('alpha', 1));
  const term =
    bias &&
    builder.constant(
      'bias',
      Float32Array.from(bias.values, (value, at) => value * scale * (scales[scales.length > 1 ? at : 0] as number)),
      [bias.values.length],
    );
  const sum = like(product, term === undefined ? scaled : builder.add(scaled, term));
  return inputs[7] === undefined ? sum : cutOff(context, sum, 7, 8);
};

const binary =
  (op: 'AddV2' | 'Mul'): OperationConverter =>
  (context) => {
    const { a, b, order } = alignOperands(context.builder, realInput(context, 0, 1, 2), realInput(context, 3, 4, 5));
    return cutOff(context, { node: context.builder.binary(op, a, b), order }, 6, 7);
  };

const through =
  (convert: OperationConverter): OperationConverter =>
  (context) => {
    const result = [convert({ ...context, inputs: context.inputs.slice(0, 1) })].flat()[0] as LaidOut;
    return cutOff(context, result, 3, 4);
  };

/** Microsoft's own operators read [batch, height, width, channels] where `channels_last` says so, which no exporter writes. */
const pooled =
  (name: 'AveragePool' | 'GlobalAveragePool'): OperationConverter =>
  (context) => {
    if (context.attributes.integer('channels_last', 0) !== 0) throw notImported(context, 'its channels are last');
    return through(pooling[name] as OperationConverter)(context);
  };

/** Inputs: the result's scale and zero, then each part with its own. */
const concat: OperationConverter = (context) => {
  const { builder, attributes, inputs } = context;
  const parts = Array.from({ length: (inputs.length - 2) / 3 }, (_, part) =>
    realInput(context, 2 + part * 3, 3 + part * 3, 4 + part * 3),
  );
  const [first] = parts;
  if (first === undefined) throw notImported(context, 'it has no parts');
  const aligned = parts.map((part) => alignOperands(builder, first, part).b);
  const axis = first.order.indexOf(resolveAxis(attributes.integer('axis', 1), first.order.length));
  return cutOff(context, like(first, builder.concat(aligned, axis)), 0, 1);
};

export const quantised: Readonly<Record<string, OperationConverter>> = {
  DequantizeLinear: dequantize,
  QLinearConv: convolve,
  QLinearMatMul: matMul,
  QuantizeLinear: quantize,
  'com.microsoft.DequantizeLinear': dequantize,
  'com.microsoft.QGemm': gemm,
  'com.microsoft.QLinearAdd': binary('AddV2'),
  'com.microsoft.QLinearAveragePool': pooled('AveragePool'),
  'com.microsoft.QLinearConcat': concat,
  'com.microsoft.QLinearGlobalAveragePool': pooled('GlobalAveragePool'),
  'com.microsoft.QLinearLeakyRelu': through((context) =>
    like(inputOf(context), context.builder.leakyRelu(inputOf(context).node, context.attributes.float('alpha', 0.01))),
  ),
  'com.microsoft.QLinearMul': binary('Mul'),
  'com.microsoft.QLinearSoftmax': through((context) => (normalisation.Softmax as OperationConverter)(context)),
  'com.microsoft.QLinearSigmoid': through((context) =>
    like(inputOf(context), context.builder.unary('Sigmoid', inputOf(context).node)),
  ),
  'com.microsoft.QuantizeLinear': quantize,
};
