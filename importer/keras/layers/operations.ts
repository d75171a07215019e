import type { BinaryOperation, Reduction, UnaryOperation } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import { reverse } from '../../graph/rearrange.ts';
import { countValues } from '../../graph/shape.ts';
import { listWords } from '../../list-words.ts';
import { findActivation } from '../activations.ts';
import { choosingOperations } from './choosing-operations.ts';
import { einsumOperations } from './einsum.ts';
import { getItem } from './get-item.ts';
import { kernelOperations } from './kernel-operations.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';
import { padding } from './padding-operation.ts';
import { rearrangingOperations } from './rearranging-operations.ts';
import { interpolations, resizeTo } from './resizing.ts';
import { statisticalOperations } from './statistical-operations.ts';
import { takingOperations } from './taking-operations.ts';

const unary =
  (op: UnaryOperation): LayerConverter =>
  (context) =>
    context.builder.unary(op, new OperationArguments(context).tensor(0, 'x', 'input', 'inputs', 'features', 'images'));

const binary =
  (op: BinaryOperation): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    return context.builder.binary(op, given.tensor(0, 'x1', 'x', 'value'), given.tensor(1, 'x2', 'y', 'b', 'bias'));
  };

const scaledLogarithm =
  (base: number): LayerConverter =>
  (context) =>
    context.builder.multiply(
      context.builder.unary('Log', new OperationArguments(context).tensor(0, 'x')),
      1 / Math.log(base),
    );

const floorDivide: LayerConverter = (context) =>
  context.builder.unary('Floor', binary('RealDiv')(context) as GraphNode);

/** Of the divisor's sign, as Python has it. */
const remainder: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const [x, divisor] = [given.tensor(0, 'x1', 'x'), given.tensor(1, 'x2', 'y')];
  return context.builder.subtract(x, context.builder.multiply(floorDivide(context) as GraphNode, divisor));
};

const filledLike =
  (value: number): LayerConverter =>
  (context) => {
    const { shape } = new OperationArguments(context).tensor(0, 'x', 'input');
    return context.builder.constant('filled', new Float32Array(countValues(shape)).fill(value), shape);
  };

const reduction =
  (op: Reduction): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    const x = given.tensor(0, 'x', 'input_tensor', 'a');
    const axes = given.integers(1, 'axis') ?? x.shape.map((_, axis) => axis);
    return context.builder.reduce(op, x, axes, given.boolean(2, 'keepdims', false));
  };

const activation: LayerConverter = (context) => {
  const { builder, config } = context;
  const convert = findActivation(config.className);
  if (convert === undefined) throw config.error('this function is not known to the importer');
  const given = new OperationArguments(context);
  return convert(builder, given.tensor(0, 'x', 'features', 'logits'), config.with({ values: given.plainValues() }));
};

const reshape: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'tensor');
  const target = given.integers(1, 'newshape', 'shape') ?? [];
  // One open size is what is left; the batch is written as -1 too and is 1 here.
  const isBatchOpen = target[0] === -1 && target.slice(1).every((size) => size !== -1);
  const known = target.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const left = isBatchOpen ? 1 : countValues(x.shape) / known;
  return context.builder.reshape(
    x,
    target.map((size) => (size === -1 ? left : size)),
  );
};

const transpose: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'a');
  const order = given.integers(1, 'axes', 'perm') ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
  if (order[0] !== 0) throw context.config.error('it moves the batch');
  return context.builder.transpose(x, order);
};

const concatenate: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  return context.builder.concat(given.tensors(0, 'xs', 'values'), given.number(1, 'axis', -1));
};

/** Of a list of tensors. */
const addAll: LayerConverter = (context) => {
  const [first, ...others] = new OperationArguments(context).tensors(0, 'inputs');
  if (first === undefined) throw context.config.error('it adds nothing');
  return others.reduce((sum, other) => context.builder.add(sum, other), first);
};

const clip: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const low = given.value(1, 'x_min', 'clip_value_min');
  const high = given.value(2, 'x_max', 'clip_value_max');
  if (typeof low !== 'number' || typeof high !== 'number') throw context.config.error('its limits are no numbers');
  return context.builder.clip(given.tensor(0, 'x', 't'), low, high);
};

const matmul: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const isTurned = (name: string) =>
    given.boolean(-1, `transpose_${name}`, false) || given.boolean(-1, `adjoint_${name}`, false);
  const turned = { a: isTurned('a'), b: isTurned('b') };
  return context.builder.matMul(given.tensor(0, 'x1', 'a'), given.tensor(1, 'x2', 'b'), turned);
};

const expandDims: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const axis = given.number(1, 'axis', -1);
  const at = axis < 0 ? axis + x.shape.length + 1 : axis;
  return context.builder.reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
};

const squeeze: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'input');
  const axes = given.integers(1, 'axis')?.map((axis) => (axis < 0 ? axis + x.shape.length : axis));
  const isDropped = (axis: number) => (axes ? axes.includes(axis) : axis > 0 && x.shape[axis] === 1);
  return context.builder.reshape(
    x,
    x.shape.filter((_, axis) => !isDropped(axis)),
  );
};

const resize: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const [height, width] = given.integers(1, 'size') ?? [];
  const mode = interpolations.find((own) => own === (given.value(2, 'interpolation', 'method') ?? 'bilinear'));
  if (height === undefined || width === undefined || mode === undefined) {
    throw context.config.error('its interpolation is not known to the importer');
  }
  const isChanged = ['antialias', 'crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'preserve_aspect_ratio'].find(
    (name) => given.value(-1, name) === true,
  );
  if (isChanged !== undefined) throw context.config.error(`its ${isChanged} is not supported`);
  return resizeTo(context.builder, given.tensor(0, 'images', 'image'), height, width, mode);
};

/** Of one batch or several axes; the parts are stacked along a new axis. */
const stack: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const parts = given.tensors(0, 'x', 'values');
  const rank = (parts[0]?.shape.length ?? 0) + 1;
  const axis = given.number(1, 'axis', 0);
  const at = axis < 0 ? axis + rank : axis;
  return builder.concat(
    parts.map((part) => builder.reshape(part, [...part.shape.slice(0, at), 1, ...part.shape.slice(at)])),
    at,
  );
};

const flip = (context: LayerContext): GraphNode => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x');
  return reverse(context.builder, x, given.integers(1, 'axis') ?? x.shape.map((_, axis) => axis));
};

const activationNames = listWords(`
  Relu Relu6 Sigmoid SparseSigmoid Softplus Softsign SoftShrink SparsePlus Silu Squareplus LogSigmoid
  LeakyRelu HardSigmoid HardSilu Elu Selu Gelu Celu Glu TanhShrink HardTanh HardShrink LogSoftmax Swish Mish
  Threshold ReLU Softmax
`);

/** Calls of `keras.ops` by the class under which Keras 3 records them. */
export const operations: Readonly<Record<string, LayerConverter>> = {
  ...Object.fromEntries(activationNames.map((name) => [name, activation])),
  ...choosingOperations,
  ...einsumOperations,
  ...kernelOperations,
  ...rearrangingOperations,
  ...takingOperations,
  ...statisticalOperations,
  Absolute: unary('Abs'),
  Abs: unary('Abs'),
  Ceil: unary('Ceil'),
  Cos: unary('Cos'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  Expm1: unary('Expm1'),
  Floor: unary('Floor'),
  Log: unary('Log'),
  Log1p: unary('Log1p'),
  Negative: unary('Neg'),
  Reciprocal: unary('Reciprocal'),
  Round: unary('Round'),
  Rsqrt: unary('Rsqrt'),
  Log2: scaledLogarithm(2),
  Log10: scaledLogarithm(10),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Sqrt: unary('Sqrt'),
  Square: unary('Square'),
  Tanh: unary('Tanh'),
  Add: binary('AddV2'),
  AddN: addAll,
  Subtract: binary('Sub'),
  Multiply: binary('Mul'),
  Divide: binary('RealDiv'),
  TrueDivide: binary('RealDiv'),
  Maximum: binary('Maximum'),
  Minimum: binary('Minimum'),
  Power: binary('Pow'),
  SquaredDifference: binary('SquaredDifference'),
  FloorDivide: floorDivide,
  Mod: remainder,
  OnesLike: filledLike(1),
  ZerosLike: filledLike(0),
  Mean: reduction('Mean'),
  Sum: reduction('Sum'),
  Max: reduction('Max'),
  Amax: reduction('Max'),
  Min: reduction('Min'),
  Amin: reduction('Min'),
  Prod: reduction('Prod'),
  Clip: clip,
  Concatenate: concatenate,
  ExpandDims: expandDims,
  Flip: flip,
  GetItem: getItem,
  Identity: (context) => new OperationArguments(context).tensor(0, 'x'),
  StopGradient: (context) => new OperationArguments(context).tensor(0, 'variable'),
  Matmul: matmul,
  Reshape: reshape,
  Pad: padding,
  Resize: resize,
  Squeeze: squeeze,
  Stack: stack,
  Transpose: transpose,
};
