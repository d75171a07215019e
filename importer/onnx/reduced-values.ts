import { countValues, resolveAxis } from '../graph/shape.ts';
import { isWhole, type Known, newValues, stepsOf } from './known.ts';
import type { OnnxAttributes } from './onnx-attributes.ts';

interface Reduction {
  readonly start: number;
  readonly join: (sum: number, value: number) => number;
  /** Whether what was joined is divided by how many there were. */
  readonly isMean?: boolean;
}

const reductions: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ['ReduceSum', { start: 0, join: (sum, value) => sum + value }],
  ['ReduceProd', { start: 1, join: (product, value) => product * value }],
  ['ReduceMax', { start: Number.NEGATIVE_INFINITY, join: Math.max }],
  ['ReduceMin', { start: Number.POSITIVE_INFINITY, join: Math.min }],
  ['ReduceMean', { start: 0, join: (sum, value) => sum + value, isMean: true }],
]);

export const reducingOperators: readonly string[] = [...reductions.keys()];

/** Over the axes given, or over all; undefined where the operator is none that is evaluated. */
export function reduceValues(op: string, x: Known, given: Known | undefined, attributes: OnnxAttributes) {
  const reduction = reductions.get(op);
  if (reduction === undefined) return undefined;
  const listed = given === undefined ? (attributes.integers('axes') ?? []) : Array.from(given.values);
  if (listed.length === 0 && attributes.integer('noop_with_empty_axes', 0) === 1) return x;
  const axes = new Set(listed.length === 0 ? x.shape.keys() : listed.map((axis) => resolveAxis(axis, x.shape.length)));
  const values = reduceAxes(x, axes, reduction);
  const keepsAxes = attributes.integer('keepdims', 1) === 1;
  const shape = keepsAxes
    ? x.shape.map((size, axis) => (axes.has(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !axes.has(axis));
  return { values, shape };
}

/** Sums along an axis: each value becomes the sum of those up to it, or of those before it. */
export function cumulateValues(x: Known, wanted: number, attributes: OnnxAttributes): Known {
  const axis = resolveAxis(wanted, x.shape.length);
  const [size, step] = [x.shape[axis] as number, stepsOf(x.shape)[axis] as number];
  const isExclusive = attributes.integer('exclusive', 0) === 1;
  const isReversed = attributes.integer('reverse', 0) === 1;
  const values = newValues(isWhole(x), x.values.length);
  for (let first = 0; first < values.length; first++) {
    if (Math.floor(first / step) % size !== 0) continue;
    let sum = 0;
    for (let count = 0; count < size; count++) {
      const at = first + (isReversed ? size - 1 - count : count) * step;
      const value = x.values[at] as number;
      values[at] = isExclusive ? sum : sum + value;
      sum += value;
    }
  }
  return { values, shape: x.shape };
}

function reduceAxes(x: Known, axes: ReadonlySet<number>, { start, join, isMean }: Reduction) {
  const kept = x.shape.map((size, axis) => (axes.has(axis) ? 1 : size));
  const count = countValues(kept);
  const steps = stepsOf(kept).map((step, axis) => (axes.has(axis) ? 0 : step));
  const place = x.shape.map(() => 0);
  const sums = new Float64Array(count).fill(start);
  let to = 0;
  for (const value of x.values) {
    sums[to] = join(sums[to] as number, value);
    for (let axis = place.length - 1; axis >= 0; axis--) {
      to += steps[axis] as number;
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (x.shape[axis] as number)) break;
      to -= (steps[axis] as number) * (x.shape[axis] as number);
      place[axis] = 0;
    }
  }
  const values = newValues(isWhole(x), count);
  const divisor = isMean ? x.values.length / count : 1;
  for (let at = 0; at < count; at++) values[at] = (sums[at] as number) / divisor;
  return values;
}
