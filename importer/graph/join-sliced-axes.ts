import type { Shape } from './node.ts';

/** What a slice takes of a tensor: `size` places of each axis from `begin` on. */
export interface SlicedAxes {
  readonly shape: Shape;
  readonly begin: readonly number[];
  readonly size: Shape;
}

/**
 * The same slice of the same values in fewer axes: one that is taken whole joins the axis before it. TensorFlow.js copies
 * slices of up to four axes in runs, and others value by value, which takes a hundred times as long.
 */
export function joinSlicedAxes({ shape, begin, size }: SlicedAxes): SlicedAxes {
  const joined: { shape: number; begin: number; size: number }[] = [];
  shape.forEach((whole, axis) => {
    const last = joined.at(-1);
    const count = size[axis] as number;
    if (last === undefined || count !== whole) {
      joined.push({ shape: whole, begin: begin[axis] as number, size: count });
      return;
    }
    last.shape *= whole;
    last.begin *= whole;
    last.size *= whole;
  });
  return {
    shape: joined.map((axis) => axis.shape),
    begin: joined.map((axis) => axis.begin),
    size: joined.map((axis) => axis.size),
  };
}
