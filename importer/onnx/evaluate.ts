import { transposeValues } from '../graph/fold-constants.ts';
import type { ConstantNode, Shape, Values } from '../graph/node.ts';
import { broadcastShapes, countValues, requireReasonableShape, resolveAxis } from '../graph/shape.ts';
import type { OnnxAttributes } from './onnx-attributes.ts';
import { clampToInt32, isWholeType } from './onnx-tensor.ts';
import { type SliceRange, sliceRanges } from './slice-ranges.ts';
import { targetOfReshape } from './target-of-reshape.ts';

/** Values that are known before any photo. */
export interface Known {
  readonly values: Values;
  readonly shape: Shape;
}

interface Evaluation {
  readonly inputs: readonly (Known | undefined)[];
  readonly attributes: OnnxAttributes;
  readonly opset: number;
}

type Evaluate = (evaluation: Evaluation) => Known | readonly Known[] | undefined;

type Combine = (a: number, b: number) => number;

const truncatedOr = (whole: Combine, real: Combine) => ({ whole, real });
const same = (combine: Combine) => ({ whole: combine, real: combine });
const truth =
  (holds: (a: number, b: number) => boolean): Combine =>
  (a, b) =>
    holds(a, b) ? 1 : 0;

const binary: Readonly<Record<string, { readonly whole: Combine; readonly real: Combine; readonly isTruth?: boolean }>> = {
  Add: same((a, b) => a + b),
  Sub: same((a, b) => a - b),
  Mul: same((a, b) => a * b),
  Div: truncatedOr((a, b) => Math.trunc(a / b), (a, b) => a / b),
  Mod: truncatedOr((a, b) => a - b * Math.floor(a / b), (a, b) => a % b),
  Pow: same((a, b) => a ** b),
  Max: same(Math.max),
  Min: same(Math.min),
  Equal: { ...same(truth((a, b) => a === b)), isTruth: true },
  Greater: { ...same(truth((a, b) => a > b)), isTruth: true },
  GreaterOrEqual: { ...same(truth((a, b) => a >= b)), isTruth: true },
  Less: { ...same(truth((a, b) => a < b)), isTruth: true },
  LessOrEqual: { ...same(truth((a, b) => a <= b)), isTruth: true },
  And: { ...same(truth((a, b) => a !== 0 && b !== 0)), isTruth: true },
  Or: { ...same(truth((a, b) => a !== 0 || b !== 0)), isTruth: true },
  Xor: { ...same(truth((a, b) => (a !== 0) !== (b !== 0))), isTruth: true },
}; // biome-ignore format: a table

const unary: Readonly<Record<string, (x: number) => number>> = {
  Neg: (x) => -x,
  Abs: Math.abs,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Log: Math.log,
  Reciprocal: (x) => 1 / x,
  Not: (x) => (x === 0 ? 1 : 0),
  Sign: Math.sign,
  Relu: (x) => Math.max(0, x),
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Tanh: Math.tanh,
  Round: roundHalfToEven,
};

const reductions: Readonly<Record<string, (values: readonly number[]) => number>> = {
  ReduceSum: (values) => values.reduce((sum, value) => sum + value, 0),
  ReduceProd: (values) => values.reduce((product, value) => product * value, 1),
  ReduceMax: (values) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  ReduceMin: (values) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  ReduceMean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
};

const others: Readonly<Record<string, Evaluate>> = {
  Identity: ({ inputs }) => inputs[0],
  Cast: cast,
  Reshape: ({ inputs: [x, shape], attributes, opset }) => {
    if (x === undefined) return undefined;
    const wanted = shape === undefined ? attributes.integers('shape') : Array.from(shape.values);
    if (wanted === undefined) return undefined;
    return {
      values: x.values,
      shape: targetOfReshape(x.shape, wanted, opset >= 14 && attributes.integer('allowzero', 0) === 1),
    };
  },
  Flatten: ({ inputs: [x], attributes }) => {
    if (x === undefined) return undefined;
    const axis = attributes.integer('axis', 1);
    const at = axis < 0 ? axis + x.shape.length : axis;
    return { values: x.values, shape: [countValues(x.shape.slice(0, at)), countValues(x.shape.slice(at))] };
  },
  Transpose: ({ inputs: [x], attributes }) => {
    if (x === undefined) return undefined;
    const order = attributes.integers('perm') ?? [...x.shape.keys()].reverse();
    requirePermutation(order, x.shape.length);
    return { values: transposeValues(x.values, x.shape, order), shape: order.map((axis) => x.shape[axis] as number) };
  },
  Squeeze: ({ inputs: [x, axes], attributes }) => {
    if (x === undefined) return undefined;
    const given = axes === undefined ? attributes.integers('axes') : Array.from(axes.values);
    return { values: x.values, shape: squeezedShape(x.shape, given) };
  },
  Unsqueeze: ({ inputs: [x, axes], attributes }) => {
    if (x === undefined) return undefined;
    const given = axes === undefined ? attributes.integers('axes') : Array.from(axes.values);
    return given && { values: x.values, shape: unsqueezedShape(x.shape, given) };
  },
  Concat: ({ inputs, attributes }) => concat(inputs, attributes.integer('axis', 0)),
  Gather: ({ inputs: [x, indices], attributes }) => gather(x, indices, attributes.integer('axis', 0)),
  Slice: ({ inputs, attributes, opset }) => {
    const [x] = inputs;
    if (x === undefined) return undefined;
    return slice(
      x,
      sliceRanges(
        x.shape,
        inputs.slice(1).map((input) => input && Array.from(input.values)),
        attributes,
        opset,
      ),
    );
  },
  ScatterND: ({ inputs: [x, indices, updates], attributes }) =>
    attributes.text('reduction', 'none') === 'none' ? scatter(x, indices, updates) : undefined,
  Range: ({ inputs: [start, limit, delta] }) => range(start, limit, delta),
  Expand: ({ inputs: [x, shape] }) => x && shape && expand(x, Array.from(shape.values)),
  Where: ({ inputs: [condition, a, b] }) => where(condition, a, b),
  Tile: ({ inputs: [x, repeats] }) => x && repeats && tile(x, Array.from(repeats.values)),
  Clip: ({ inputs: [x, low, high], attributes }) => {
    if (x === undefined) return undefined;
    const [least, most] = [
      low?.values[0] ?? attributes.float('min', -Infinity),
      high?.values[0] ?? attributes.float('max', Infinity),
    ];
    return mapValues(x, (value) => Math.min(Math.max(value, least), most));
  },
  Sum: ({ inputs }) =>
    inputs.reduce(
      (sum, input) =>
        sum &&
        input &&
        combine(
          sum,
          input,
          (a, b) => a + b,
          (a, b) => a + b,
          false,
        ),
    ),
};

/**
 * The operation computed now, where all its inputs are known and it is one of those of which shapes and masks are made;
 * undefined for any other. Throws a RangeError where shapes do not fit.
 */
export function evaluate(op: string, evaluation: Evaluation): readonly Known[] | undefined {
  const { inputs, attributes, opset } = evaluation;
  const [a, b] = inputs;
  const known = Object.hasOwn(binary, op) ? binary[op] : undefined;
  if (known !== undefined) {
    if (a !== undefined && b !== undefined && inputs.length === 2) {
      return [combine(a, b, known.whole, known.real, known.isTruth ?? false)];
    }
    return undefined;
  }
  const single = Object.hasOwn(unary, op) ? unary[op] : undefined;
  if (single !== undefined) return a && [mapValues(a, single)];
  const reduction = Object.hasOwn(reductions, op) ? reductions[op] : undefined;
  if (reduction !== undefined) return a && [reduce(a, b && Array.from(b.values), attributes, reduction)];
  const other = Object.hasOwn(others, op) ? others[op]?.({ inputs, attributes, opset }) : undefined;
  return other && ([other].flat() as readonly Known[]);
}

export function isEvaluated(op: string): boolean {
  return [binary, unary, reductions, others].some((table) => Object.hasOwn(table, op));
}

/** The shape without the axes given, or without any of one place. */
export function squeezedShape(shape: Shape, axes: readonly number[] | undefined): number[] {
  const removed = new Set(
    axes?.map((axis) => resolveAxis(axis, shape.length)) ?? shape.flatMap((size, at) => (size === 1 ? [at] : [])),
  );
  if ([...removed].some((axis) => shape[axis] !== 1))
    throw new RangeError(`an axis of [${shape}] has more than one place`);
  return shape.filter((_, axis) => !removed.has(axis));
}

/** The shape with axes of one place, whose places are those in the result. */
export function unsqueezedShape(shape: Shape, axes: readonly number[]): number[] {
  const rank = shape.length + axes.length;
  const inserted = new Set(axes.map((axis) => resolveAxis(axis, rank)));
  const kept = shape.values();
  return Array.from({ length: rank }, (_, axis) => (inserted.has(axis) ? 1 : (kept.next().value as number)));
}

export function requirePermutation(order: readonly number[], rank: number): void {
  if (order.toSorted((a, b) => a - b).some((axis, at) => axis !== at) || order.length !== rank) {
    throw new RangeError(`[${order}] is no order of ${rank} axes`);
  }
}

function cast({ inputs: [x], attributes }: Evaluation): Known | undefined {
  if (x === undefined) return undefined;
  const type = attributes.integer('to', 1);
  if (type === 9) return { values: Int32Array.from(x.values, (value) => (value === 0 ? 0 : 1)), shape: x.shape };
  if (isWholeType(type))
    return { values: Int32Array.from(x.values, (value) => clampToInt32(Math.trunc(value))), shape: x.shape };
  return { values: Float32Array.from(x.values), shape: x.shape };
}

function mapValues({ values, shape }: Known, compute: (x: number) => number): Known {
  return {
    values:
      values instanceof Int32Array
        ? Int32Array.from(values, (x) => clampToInt32(compute(x)))
        : Float32Array.from(values, compute),
    shape,
  };
}

function newValues(isWhole: boolean, length: number): Values {
  return isWhole ? new Int32Array(length) : new Float32Array(length);
}

function combine(a: Known, b: Known, whole: Combine, real: Combine, isTruth: boolean): Known {
  const shape = broadcastShapes(a.shape, b.shape);
  requireReasonableShape(shape);
  const isWhole = a.values instanceof Int32Array && b.values instanceof Int32Array;
  const compute = isWhole ? whole : real;
  const values = newValues(isWhole || isTruth, countValues(shape));
  const [indexA, indexB] = [indexIn(a.shape, shape), indexIn(b.shape, shape)];
  for (let at = 0; at < values.length; at++) {
    const value = compute(a.values[indexA(at)] as number, b.values[indexB(at)] as number);
    values[at] = isWhole ? clampToInt32(value) : value;
  }
  return { values, shape };
}

/** From a flat index of the result to that of an operand that is broadcast to it. */
function indexIn(operand: Shape, result: Shape): (flat: number) => number {
  const lead = result.length - operand.length;
  const axes: { size: number; outer: number; inner: number }[] = [];
  let [outer, inner] = [1, 1];
  for (let axis = result.length - 1; axis >= lead; axis--) {
    const size = operand[axis - lead] as number;
    if (size !== 1) axes.push({ size, outer, inner });
    outer *= result[axis] as number;
    inner *= size;
  }
  return (flat) => axes.reduce((at, axis) => at + (Math.floor(flat / axis.outer) % axis.size) * axis.inner, 0);
}

function expand(x: Known, wanted: Shape): Known {
  const ones: Known = { values: Int32Array.of(1), shape: wanted.map(() => 1) };
  const shape = broadcastShapes(x.shape, wanted);
  requireReasonableShape(shape);
  const index = indexIn(x.shape, shape);
  const values = newValues(x.values instanceof Int32Array, countValues(shape));
  for (let at = 0; at < values.length; at++) values[at] = x.values[index(at)] as number;
  return { values, shape: ones.shape.length > shape.length ? wanted : shape };
}

function where(condition?: Known, a?: Known, b?: Known): Known | undefined {
  if (condition === undefined || a === undefined || b === undefined) return undefined;
  const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape));
  requireReasonableShape(shape);
  const [indexC, indexA, indexB] = [condition, a, b].map(({ shape: own }) => indexIn(own, shape)) as [
    (at: number) => number,
    (at: number) => number,
    (at: number) => number,
  ];
  const values = newValues(a.values instanceof Int32Array && b.values instanceof Int32Array, countValues(shape));
  for (let at = 0; at < values.length; at++) {
    values[at] = (condition.values[indexC(at)] === 0 ? b.values[indexB(at)] : a.values[indexA(at)]) as number;
  }
  return { values, shape };
}

/** Copies the values at the places that `pick` names for each place of the result. */
function pickValues(x: Known, shape: Shape, pick: (place: readonly number[]) => number): Known {
  requireReasonableShape(shape);
  const values = newValues(x.values instanceof Int32Array, countValues(shape));
  const place = shape.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    values[at] = x.values[pick(place)] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (shape[axis] as number)) break;
      place[axis] = 0;
    }
  }
  return { values, shape };
}

function stepsOf(shape: Shape): number[] {
  const steps = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    steps[axis] = (steps[axis + 1] as number) * (shape[axis + 1] as number);
  return steps;
}

function tile(x: Known, repeats: readonly number[]): Known {
  const steps = stepsOf(x.shape);
  const shape = x.shape.map((size, axis) => size * (repeats[axis] ?? 1));
  return pickValues(x, shape, (place) =>
    place.reduce((sum, at, axis) => sum + (at % (x.shape[axis] as number)) * (steps[axis] as number), 0),
  );
}

function slice(x: Known, ranges: readonly SliceRange[]): Known {
  const steps = stepsOf(x.shape);
  const shape = ranges.map(({ count }) => count);
  return pickValues(x, shape, (place) =>
    place.reduce((sum, at, axis) => {
      const { start, step } = ranges[axis] as SliceRange;
      return sum + (start + at * step) * (steps[axis] as number);
    }, 0),
  );
}

function gather(x: Known | undefined, indices: Known | undefined, wanted: number): Known | undefined {
  if (x === undefined || indices === undefined) return undefined;
  const axis = resolveAxis(wanted, x.shape.length);
  const size = x.shape[axis] as number;
  const inner = countValues(x.shape.slice(axis + 1));
  const outer = countValues(x.shape.slice(0, axis));
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  requireReasonableShape(shape);
  const values = newValues(x.values instanceof Int32Array, countValues(shape));
  let to = 0;
  for (let part = 0; part < outer; part++) {
    for (const given of indices.values) {
      const index = given < 0 ? given + size : given;
      if (index < 0 || index >= size) throw new RangeError(`index ${given} is outside an axis of ${size}`);
      const from = (part * size + index) * inner;
      values.set(x.values.subarray(from, from + inner), to);
      to += inner;
    }
  }
  return { values, shape };
}

/** The values with parts of them replaced, each at the place that its index of one or more axes names. */
function scatter(x: Known | undefined, indices: Known | undefined, updates: Known | undefined): Known | undefined {
  if (x === undefined || indices === undefined || updates === undefined) return undefined;
  const depth = indices.shape.at(-1) ?? 0;
  const steps = stepsOf(x.shape);
  const part = countValues(x.shape.slice(depth));
  const values = x.values.slice();
  if (depth < 1 || depth > x.shape.length || (updates.values.length / part) * depth !== indices.values.length) {
    throw new RangeError(`its indices [${indices.shape}] do not fit a tensor of [${x.shape}]`);
  }
  for (let from = 0, at = 0; at < indices.values.length; at += depth, from += part) {
    let to = 0;
    for (let axis = 0; axis < depth; axis++) {
      const size = x.shape[axis] as number;
      const given = indices.values[at + axis] as number;
      const index = given < 0 ? given + size : given;
      if (index < 0 || index >= size) throw new RangeError(`index ${given} is outside an axis of ${size}`);
      to += index * (steps[axis] as number);
    }
    values.set(updates.values.subarray(from, from + part), to);
  }
  return { values, shape: x.shape };
}

function concat(inputs: readonly (Known | undefined)[], wanted: number): Known | undefined {
  const parts = inputs.filter((input) => input !== undefined);
  const [first] = parts;
  if (first === undefined || parts.length !== inputs.length) return undefined;
  const axis = resolveAxis(wanted, first.shape.length);
  const total = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const shape = first.shape.map((size, at) => (at === axis ? total : size));
  requireReasonableShape(shape);
  const values = newValues(
    parts.every((part) => part.values instanceof Int32Array),
    countValues(shape),
  );
  const outer = countValues(shape.slice(0, axis));
  let to = 0;
  for (let part = 0; part < outer; part++) {
    for (const { values: own, shape: ownShape } of parts) {
      const length = countValues(ownShape.slice(axis));
      values.set(own.subarray(part * length, (part + 1) * length), to);
      to += length;
    }
  }
  if (to !== values.length) throw new RangeError('tensors of unlike shapes cannot be concatenated');
  return { values, shape };
}

function range(start?: Known, limit?: Known, delta?: Known): Known | undefined {
  if (start === undefined || limit === undefined || delta === undefined) return undefined;
  const [first, end, step] = [start.values[0] ?? 0, limit.values[0] ?? 0, delta.values[0] ?? 1];
  const count = Math.max(0, Math.ceil((end - first) / step));
  requireReasonableShape([count]);
  const values = newValues(start.values instanceof Int32Array, count);
  for (let at = 0; at < count; at++) values[at] = first + at * step;
  return { values, shape: [count] };
}

function reduce(
  x: Known,
  given: readonly number[] | undefined,
  attributes: OnnxAttributes,
  compute: (values: readonly number[]) => number,
): Known {
  const listed = given ?? attributes.integers('axes');
  const rank = x.shape.length;
  if ((listed === undefined || listed.length === 0) && attributes.integer('noop_with_empty_axes', 0) === 1) return x;
  const axes = new Set(
    listed === undefined || listed.length === 0 ? x.shape.keys() : listed.map((axis) => resolveAxis(axis, rank)),
  );
  const kept = x.shape.map((size, axis) => (axes.has(axis) ? 1 : size));
  const steps = stepsOf(kept);
  const sums: number[][] = Array.from({ length: countValues(kept) }, () => []);
  const own = stepsOf(x.shape);
  x.values.forEach((value, flat) => {
    const at = own.reduce((sum, step, axis) => {
      const place = Math.floor(flat / step) % (x.shape[axis] as number);
      return axes.has(axis) ? sum : sum + place * (steps[axis] as number);
    }, 0);
    sums[at]?.push(value);
  });
  const numbers = sums.map(compute);
  const values = x.values instanceof Int32Array ? Int32Array.from(numbers) : Float32Array.from(numbers);
  const keepsAxes = attributes.integer('keepdims', 1) === 1;
  return { values, shape: keepsAxes ? kept : x.shape.filter((_, axis) => !axes.has(axis)) };
}

export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

export function asKnown({ values, shape }: ConstantNode): Known {
  return { values, shape };
}
