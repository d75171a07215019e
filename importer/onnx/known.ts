import type { ConstantNode, Shape, Values } from '../graph/node.ts';
import { countValues, requireReasonableShape } from '../graph/shape.ts';

/** Values that are known before any photo. */
export interface Known {
  readonly values: Values;
  readonly shape: Shape;
}

export function asKnown({ values, shape }: ConstantNode): Known {
  return { values, shape };
}

/** Masks, positions and the like are smaller by far. */
const mostGrownValues = 2 ** 22;

/** Throws a RangeError where a result is far larger than what it is made of. */
export function requireProportion(shape: Shape, ...operands: readonly Known[]): void {
  requireReasonableShape(shape);
  const most = operands.reduce((sum, { values }) => sum + values.length, mostGrownValues);
  if (countValues(shape) > most) throw new RangeError(`a constant of [${shape}] is out of all proportion`);
}

export function isWhole({ values }: Known): boolean {
  return values instanceof Int32Array;
}

export function newValues(areWhole: boolean, length: number): Values {
  return areWhole ? new Int32Array(length) : new Float32Array(length);
}

/** Each value by what it becomes; `from` of the typed arrays would list all of them first. */
export function valuesBy(areWhole: boolean, values: Values, compute: (value: number, at: number) => number): Values {
  const results = newValues(areWhole, values.length);
  for (let at = 0; at < values.length; at++) results[at] = compute(values[at] as number, at);
  return results;
}

/** By how many values the next place of each axis is away. */
export function stepsOf(shape: Shape): number[] {
  const steps = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    steps[axis] = (steps[axis + 1] as number) * (shape[axis + 1] as number);
  return steps;
}
