import type { Shape } from '../graph/node.ts';
import { broadcastShapes, countValues } from '../graph/shape.ts';
import { isWhole, type Known, newValues, requireProportion, stepsOf, valuesBy } from './known.ts';
import { clampToInt32, isWholeType } from './onnx-tensor.ts';

type Combine = (a: number, b: number) => number;

interface BinaryRule {
  readonly whole: Combine;
  readonly real: Combine;
  /** Whether it answers true or false, whatever it is given. */
  readonly isTruth: boolean;
}

const rule = (combine: Combine, real = combine): BinaryRule => ({ whole: combine, real, isTruth: false });
const truth = (holds: (a: number, b: number) => boolean): BinaryRule => {
  const combine: Combine = (a, b) => (holds(a, b) ? 1 : 0);
  return { whole: combine, real: combine, isTruth: true };
};

const add = rule((a, b) => a + b);

const binary: ReadonlyMap<string, BinaryRule> = new Map([
  ['Add', add],
  ['Sub', rule((a, b) => a - b)],
  ['Mul', rule((a, b) => a * b)],
  ['Div', rule(divideWhole, (a, b) => a / b)],
  ['Mod', rule(modulo, (a, b) => a % b)],
  ['Pow', rule((a, b) => a ** b)],
  ['Max', rule(Math.max)],
  ['Min', rule(Math.min)],
  ['Equal', truth((a, b) => a === b)],
  ['Greater', truth((a, b) => a > b)],
  ['GreaterOrEqual', truth((a, b) => a >= b)],
  ['Less', truth((a, b) => a < b)],
  ['LessOrEqual', truth((a, b) => a <= b)],
  ['And', truth((a, b) => a !== 0 && b !== 0)],
  ['Or', truth((a, b) => a !== 0 || b !== 0)],
  ['Xor', truth((a, b) => (a !== 0) !== (b !== 0))],
]);

/** Towards zero. */
function divideWhole(a: number, b: number): number {
  return Math.trunc(a / b);
}

/** With the sign of the divisor. */
function modulo(a: number, b: number): number {
  return a - b * Math.floor(a / b);
}

const unary: ReadonlyMap<string, (x: number) => number> = new Map<string, (x: number) => number>([
  ['Neg', (x) => -x],
  ['Abs', Math.abs],
  ['Floor', Math.floor],
  ['Ceil', Math.ceil],
  ['Sqrt', Math.sqrt],
  ['Exp', Math.exp],
  ['Log', Math.log],
  ['Reciprocal', (x) => 1 / x],
  ['Not', (x) => (x === 0 ? 1 : 0)],
  ['Sign', Math.sign],
  ['Relu', (x) => Math.max(0, x)],
  ['Sigmoid', (x) => 1 / (1 + Math.exp(-x))],
  ['Tanh', Math.tanh],
  ['Round', roundHalfToEven],
]);

export const elementwiseOperators: readonly string[] = [...binary.keys(), ...unary.keys()];

/** The operator of one or two operands; undefined where it is none that is evaluated. */
export function evaluateElementwise(op: string, inputs: readonly (Known | undefined)[]): Known | undefined {
  const [a, b] = inputs;
  const single = unary.get(op);
  if (single !== undefined) return a && mapValues(a, single);
  const both = binary.get(op);
  if (both === undefined || a === undefined || b === undefined || inputs.length !== 2) return undefined;
  return combine(a, b, both);
}

/** Of any number of operands; undefined where one is not known. */
export function sumOf(inputs: readonly (Known | undefined)[]): Known | undefined {
  return inputs.reduce((sum, input) => sum && input && combine(sum, input, add));
}

export function mapValues(x: Known, compute: (x: number) => number): Known {
  const compute32 = isWhole(x) ? (value: number) => clampToInt32(compute(value)) : compute;
  return { values: valuesBy(isWhole(x), x.values, compute32), shape: x.shape };
}

/** To the type of ONNX's number: truth, a whole number, or a float. */
export function castValues({ values, shape }: Known, type: number): Known {
  if (type === 9) return { values: valuesBy(true, values, (value) => (value === 0 ? 0 : 1)), shape };
  if (isWholeType(type)) return { values: valuesBy(true, values, (value) => clampToInt32(Math.trunc(value))), shape };
  return { values: new Float32Array(values), shape };
}

function combine(a: Known, b: Known, { whole, real, isTruth }: BinaryRule): Known {
  const shape = broadcastShapes(a.shape, b.shape);
  requireProportion(shape, a, b);
  const areWhole = isWhole(a) && isWhole(b);
  const compute = areWhole ? whole : real;
  const values = newValues(areWhole || isTruth, countValues(shape));
  const [indexA, indexB] = [indexIn(a.shape, shape), indexIn(b.shape, shape)];
  for (let at = 0; at < values.length; at++) {
    const value = compute(a.values[indexA(at)] as number, b.values[indexB(at)] as number);
    values[at] = areWhole ? clampToInt32(value) : value;
  }
  return { values, shape };
}

export function chooseValues(condition: Known, a: Known, b: Known): Known {
  const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape));
  requireProportion(shape, condition, a, b);
  const [indexC, indexA, indexB] = [
    indexIn(condition.shape, shape),
    indexIn(a.shape, shape),
    indexIn(b.shape, shape),
  ] as const;
  const values = newValues(isWhole(a) && isWhole(b), countValues(shape));
  for (let at = 0; at < values.length; at++) {
    values[at] = (condition.values[indexC(at)] === 0 ? b.values[indexB(at)] : a.values[indexA(at)]) as number;
  }
  return { values, shape };
}

export function expandValues(x: Known, wanted: Shape): Known {
  const shape = broadcastShapes(x.shape, wanted);
  requireProportion(shape, x);
  const index = indexIn(x.shape, shape);
  const values = newValues(isWhole(x), countValues(shape));
  for (let at = 0; at < values.length; at++) values[at] = x.values[index(at)] as number;
  return { values, shape };
}

/** From a flat index of the result to that of an operand that is broadcast to it. */
function indexIn(operand: Shape, result: Shape): (flat: number) => number {
  if (countValues(operand) === 1) return () => 0;
  if (countValues(operand) === countValues(result)) return (flat) => flat;
  const lead = result.length - operand.length;
  const [inner, outer] = [stepsOf(operand), stepsOf(result)];
  const axes = operand.flatMap((size, axis) =>
    size === 1 ? [] : [{ size, outer: outer[lead + axis] as number, inner: inner[axis] as number }],
  );
  return (flat) => axes.reduce((at, axis) => at + (Math.floor(flat / axis.outer) % axis.size) * axis.inner, 0);
}

export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
