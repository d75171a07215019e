import type { ConstantNode, DataType, Shape, Values } from './node.ts';
import { broadcastShapes, countValues } from './shape.ts';

const binaryOperations: Readonly<Record<string, (a: number, b: number) => number>> = {
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: Math.pow,
};

const unaryOperations: Readonly<Record<string, (x: number) => number>> = {
  Neg: (x) => -x,
  Sqrt: Math.sqrt,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Square: (x) => x * x,
  Exp: Math.exp,
  Log: Math.log,
  Reciprocal: (x) => 1 / x,
  Relu: (x) => Math.max(0, x),
};

export interface FoldedConstant {
  readonly values: Values;
  readonly shape: Shape;
}

/** The element-wise operation computed now, or undefined where it is not one that this file knows. */
export function foldUnary(op: string, x: ConstantNode): FoldedConstant | undefined {
  const compute = unaryOperations[op];
  if (compute === undefined || x.dtype !== 'float32') return undefined;
  return { values: Float32Array.from(x.values, compute), shape: x.shape };
}

/** As {@link foldUnary}, with the two shapes broadcast. */
export function foldBinary(op: string, a: ConstantNode, b: ConstantNode): FoldedConstant | undefined {
  const compute = binaryOperations[op];
  if (compute === undefined || a.dtype !== b.dtype) return undefined;
  const shape = broadcastShapes(a.shape, b.shape);
  const values = newValues(a.dtype, countValues(shape));
  const [indexA, indexB] = [broadcastIndex(a.shape, shape), broadcastIndex(b.shape, shape)];
  for (let at = 0; at < values.length; at++) {
    values[at] = compute(a.values[indexA(at)] as number, b.values[indexB(at)] as number);
  }
  return { values, shape };
}

/** The values with their axes in another order. */
export function transposeValues(values: Values, shape: Shape, order: readonly number[]): Values {
  const strides = stridesOf(shape);
  const outer = order.map((axis) => shape[axis] as number);
  const steps = order.map((axis) => strides[axis] as number);
  const result = newValues(values instanceof Int32Array ? 'int32' : 'float32', values.length);
  const position = outer.map(() => 0);
  let from = 0;
  for (let at = 0; at < result.length; at++) {
    result[at] = values[from] as number;
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      position[axis] = (position[axis] as number) + 1;
      if ((position[axis] as number) < (outer[axis] as number)) break;
      from -= (steps[axis] as number) * (outer[axis] as number);
      position[axis] = 0;
    }
  }
  return result;
}

function newValues(dtype: DataType, length: number): Values {
  return dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
}

function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

/** From a flat index of the result to the flat index of an operand that is broadcast to it. */
function broadcastIndex(operand: Shape, result: Shape): (flat: number) => number {
  const outer = stridesOf(result);
  const inner = stridesOf(operand);
  const lead = result.length - operand.length;
  const axes = operand.flatMap((size, axis) =>
    size === 1 ? [] : [{ size, outer: outer[lead + axis] as number, inner: inner[axis] as number }],
  );
  return (flat) => axes.reduce((at, axis) => at + (Math.floor(flat / axis.outer) % axis.size) * axis.inner, 0);
}
