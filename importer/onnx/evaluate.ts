import { transposeValues } from '../graph/fold-constants.ts';
import { countValues } from '../graph/shape.ts';
import {
  castValues,
  chooseValues,
  elementwiseOperators,
  evaluateElementwise,
  expandValues,
  mapValues,
  sumOf,
} from './elementwise-values.ts';
import type { Known } from './known.ts';
import { concatValues, gatherValues, rangeOfValues, scatterValues, sliceValues, tileValues } from './moved-values.ts';
import type { OnnxAttributes } from './onnx-attributes.ts';
import { cumulateValues, reduceValues, reducingOperators } from './reduced-values.ts';
import { sliceRanges } from './slice-ranges.ts';
import { requirePermutation, squeezedShape, unsqueezedShape } from './squeezed-shape.ts';
import { targetOfReshape } from './target-of-reshape.ts';

interface Evaluation {
  readonly inputs: readonly (Known | undefined)[];
  readonly attributes: OnnxAttributes;
  readonly opset: number;
}

/** Of the first input, which is there; the others are in `inputs`. */
type Evaluate = (x: Known, evaluation: Evaluation) => Known | undefined;

/** A list that older opsets hold in an attribute and newer ones in an input. */
function listOf({ inputs: [, given], attributes }: Evaluation, name: string): number[] | undefined {
  return given === undefined ? attributes.integers(name) : Array.from(given.values);
}

const others: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['Identity', (x) => x],
  ['Cast', (x, { attributes }) => castValues(x, attributes.integer('to', 1))],
  ['Sum', (_, { inputs }) => sumOf(inputs)],
  ['Concat', (_, { inputs, attributes }) => concatValues(inputs, attributes.integer('axis', 0))],
  ['Tile', (x, { inputs: [, repeats] }) => repeats && tileValues(x, Array.from(repeats.values))],
  ['Expand', (x, { inputs: [, shape] }) => shape && expandValues(x, Array.from(shape.values))],
  ['Where', (condition, { inputs: [, a, b] }) => a && b && chooseValues(condition, a, b)],
  ['Range', (start, { inputs: [, limit, delta] }) => limit && delta && rangeOfValues(start, limit, delta)],
  ['CumSum', (x, { inputs: [, axis], attributes }) => axis && cumulateValues(x, axis.values[0] ?? 0, attributes)],
  [
    'Gather',
    (x, { inputs: [, indices], attributes }) => indices && gatherValues(x, indices, attributes.integer('axis', 0)),
  ],
  [
    'ScatterND',
    (x, { inputs: [, indices, updates], attributes }) =>
      attributes.text('reduction', 'none') === 'none'
        ? indices && updates && scatterValues(x, indices, updates)
        : undefined,
  ],
  [
    'Clip',
    (x, { inputs: [, low, high], attributes }) => {
      const least = low?.values[0] ?? attributes.float('min', -Infinity);
      const most = high?.values[0] ?? attributes.float('max', Infinity);
      return mapValues(x, (value) => Math.min(Math.max(value, least), most));
    },
  ],
  [
    'Reshape',
    (x, evaluation) => {
      const wanted = listOf(evaluation, 'shape');
      const allowsZero = evaluation.opset >= 14 && evaluation.attributes.integer('allowzero', 0) === 1;
      return wanted && { values: x.values, shape: targetOfReshape(x.shape, wanted, allowsZero) };
    },
  ],
  [
    'Flatten',
    ({ values, shape }, { attributes }) => {
      const axis = attributes.integer('axis', 1);
      const at = axis < 0 ? axis + shape.length : axis;
      return { values, shape: [countValues(shape.slice(0, at)), countValues(shape.slice(at))] };
    },
  ],
  [
    'Transpose',
    ({ values, shape }, { attributes }) => {
      const order = attributes.integers('perm') ?? [...shape.keys()].reverse();
      requirePermutation(order, shape.length);
      return { values: transposeValues(values, shape, order), shape: order.map((axis) => shape[axis] as number) };
    },
  ],
  ['Squeeze', (x, evaluation) => ({ values: x.values, shape: squeezedShape(x.shape, listOf(evaluation, 'axes')) })],
  [
    'Unsqueeze',
    (x, evaluation) => {
      const axes = listOf(evaluation, 'axes');
      return axes && { values: x.values, shape: unsqueezedShape(x.shape, axes) };
    },
  ],
  [
    'Slice',
    (x, { inputs, attributes, opset }) => {
      const lists = inputs.slice(1).map((input) => input && Array.from(input.values));
      return sliceValues(x, sliceRanges(x.shape, lists, attributes, opset));
    },
  ],
]);

/**
 * The operation computed now, where all its inputs are known and it is one of those of which shapes and masks are made;
 * undefined for any other. Throws a RangeError where shapes do not fit.
 */
export function evaluate(op: string, evaluation: Evaluation): Known | undefined {
  const [x, second] = evaluation.inputs;
  if (x === undefined) return undefined;
  return (
    evaluateElementwise(op, evaluation.inputs) ??
    reduceValues(op, x, second, evaluation.attributes) ??
    others.get(op)?.(x, evaluation)
  );
}

const evaluated: ReadonlySet<string> = new Set([...elementwiseOperators, ...reducingOperators, ...others.keys()]);

export function isEvaluated(op: string): boolean {
  return evaluated.has(op);
}
