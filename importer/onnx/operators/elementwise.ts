import type { BinaryOperation, Comparison, GraphBuilder, UnaryOperation } from '../../graph/graph-builder.ts';
import { type ConstantNode, type GraphNode, isConstant } from '../../graph/node.ts';
import { broadcastShapes } from '../../graph/shape.ts';
import { castValues, chooseValues } from '../elementwise-values.ts';
import { asKnown } from '../known.ts';
import { alignOperands, arrange, type LaidOut, shapeOf, widen } from '../laid-out.ts';
import { isRealType } from '../onnx-tensor.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';

const identity: OperationConverter = (context) => inputOf(context);

export const unary =
  (op: UnaryOperation): OperationConverter =>
  (context) => {
    const x = inputOf(context);
    return like(x, context.builder.unary(op, x.node));
  };

export function combine({ builder }: OperationContext, op: BinaryOperation, left: LaidOut, right: LaidOut): LaidOut {
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

/** What is true or false; of numbers, whether they are other than 0. */
function truthOf({ builder }: OperationContext, x: LaidOut): LaidOut {
  return x.node.dtype === 'bool' ? x : like(x, builder.compare('NotEqual', x.node, 0));
}

/** Of masks that depend on the photo; the other operand may be a stored one. */
const logic =
  (join: (builder: GraphBuilder, a: GraphNode, b: GraphNode) => GraphNode): OperationConverter =>
  (context) => {
    const { builder } = context;
    const { a, b, order } = alignOperands(builder, inputOf(context), inputOf(context, 1));
    const [left, right] = [a, b].map((node) => truthOf(context, { node, order }).node) as [GraphNode, GraphNode];
    return { node: join(builder, left, right), order };
  };

const both = (op: 'LogicalAnd' | 'LogicalOr') =>
  logic((builder, a, b) => builder.node(op, [a, b], { shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' }));

const not: OperationConverter = (context) => {
  const x = truthOf(context, inputOf(context));
  return like(x, context.builder.node('LogicalNot', [x.node], { shape: x.node.shape, dtype: 'bool' }));
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
  return { node: chosenByMask(context, mask, yes, no), order };
};

/** yes × mask + no × (1 - mask); numbers that are stored, a minus infinity among them, are put in their places at import. */
function chosenByMask({ builder }: OperationContext, mask: ConstantNode, yes: GraphNode, no: GraphNode): GraphNode {
  const zero = { values: new Float32Array(1), shape: [] };
  const [ofYes, ofNo] = [yes, no].map((value, at) => {
    const isWanted = {
      values: Int32Array.from(mask.values, (one) => Number((one !== 0) === (at === 0))),
      shape: mask.shape,
    };
    const part = chooseValues(
      isWanted,
      isConstant(value) ? asKnown(value) : { ...zero, values: Float32Array.of(1) },
      zero,
    );
    const stored = builder.constant('chosen', part.values, part.shape);
    return isConstant(value) ? stored : builder.multiply(value, stored);
  }) as [GraphNode, GraphNode];
  return builder.add(ofYes, ofNo);
}

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
  const isTruth = type === 9 && x.node.dtype === 'bool';
  return isTruth ? x : castTo(context, x, isRealType(type));
};

/** To the type of another value, which exporters write of a size that is to be multiplied with it. */
const castLike: OperationConverter = (context) => {
  const x = inputOf(context);
  const other = inputOf(context, 1).node.dtype;
  if (other === x.node.dtype) return x;
  if (!isConstant(x.node)) return castTo(context, x, other === 'float32');
  const { values, shape } = castValues(asKnown(x.node), { float32: 1, int32: 7, bool: 9 }[other]);
  return like(x, context.builder.constant('cast', values, shape));
};

function castTo(context: OperationContext, x: LaidOut, isReal: boolean): LaidOut {
  if (isReal && x.node.dtype === 'float32') return x;
  if (!isReal) throw notImported(context, 'it makes whole numbers of what is computed from the photo');
  const attributes = { SrcT: { dtype: x.node.dtype }, DstT: { dtype: 'float32' as const } };
  return like(x, context.builder.node('Cast', [x.node], { shape: x.node.shape, dtype: 'float32', attributes }));
}

/** Operators that make each value from those at its place. */
export const elementwise: Readonly<Record<string, OperationConverter>> = {
  Abs: unary('Abs'),
  Add: binary('AddV2'),
  And: both('LogicalAnd'),
  Cast: cast,
  CastLike: castLike,
  Ceil: unary('Ceil'),
  Cos: unary('Cos'),
  Div: binary('RealDiv'),
  Dropout: dropout,
  Equal: compare('Equal'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  Floor: unary('Floor'),
  Greater: compare('Greater'),
  GreaterOrEqual: compare('GreaterEqual'),
  Identity: identity,
  Less: compare('Less'),
  LessOrEqual: compare('LessEqual'),
  Log: unary('Log'),
  Max: folded('Maximum'),
  Mean: mean,
  Min: folded('Minimum'),
  Mul: binary('Mul'),
  Neg: unary('Neg'),
  Not: not,
  Or: both('LogicalOr'),
  Pow: power,
  Reciprocal: unary('Reciprocal'),
  Round: unary('Round'),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Sqrt: unary('Sqrt'),
  Sub: binary('Sub'),
  Sum: folded('AddV2'),
  Where: where,
  Xor: logic((builder, a, b) => builder.compare('NotEqual', a, b)),
};
