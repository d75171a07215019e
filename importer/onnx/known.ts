import type { ConstantNode, Shape, Values } from '../graph/node.ts';

/** Values that are known before any photo. */
export interface Known {
  readonly values: Values;
  readonly shape: Shape;
}

export function asKnown({ values, shape }: ConstantNode): Known {
  return { values, shape };
}

export function isWhole({ values }: Known): boolean {
  return values instanceof Int32Array;
}

export function newValues(areWhole: boolean, length: number): Values {
  return areWhole ? new Int32Array(length) : new Float32Array(length);
}

/** By how many values the next place of each axis is away. */
export function stepsOf(shape: Shape): number[] {
  const steps = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    steps[axis] = (steps[axis + 1] as number) * (shape[axis + 1] as number);
  return steps;
}
